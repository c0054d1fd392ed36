namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>Lab files that tests write.</summary>
internal static class LabFiles
{
    public const int Vni = 70_001;
    public const string External = "192.168.250.200";

    /// <summary>Two hypervisors with one pod each on one switch, and a tunnel endpoint that is not ours.</summary>
    public static string WithExternalEndpoint(string overlay) => $"""
        name: external
        overlay: {overlay}
        underlay: 192.168.250.0/24
        networks:
          - name: web
            subnets: [10.10.1.0/24]
            vni: {Vni}
        hypervisors:
          - name: hv1
            tep: 192.168.250.11
            nodes:
              - name: node-a
                pods:
                  - name: web-1
                    network: web
                    ip: 10.10.1.11
          - name: hv2
            tep: 192.168.250.12
            nodes:
              - name: node-b
                pods:
                  - name: web-2
                    network: web
                    ip: 10.10.1.12
        external:
          - name: stranger
            tep: {External}
            overlay: {overlay}

        """;
}
