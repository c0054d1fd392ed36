using Fabric.Lab.Running;

namespace Fabric.Lab.Commands;

/// <summary>What `lab up` says at its end: where the API is, and what to do next.</summary>
internal static class UpReport
{
    public static void Write(LabSession session, bool isJson, TextWriter output)
    {
        var state = session.State;
        if (isJson)
        {
            output.WriteLine(OutputOption.Json(new
            {
                lab = state.Name,
                state = "up",
                wiring = state.Wiring,
                api = state.Api,
                user = "admin",
                password_file = session.Directory.PasswordFile,
                ids = state.Ids,
            }));
            return;
        }

        output.WriteLine($"""
            lab {state.Name} is up. For clients of its API:
              export NSX_MANAGER={state.Api} NSX_USER=admin NSX_PASSWORD=$(cat {session.Directory.PasswordFile})
              curl -sk -u "$NSX_USER:$NSX_PASSWORD" $NSX_MANAGER/api/v1/logical-switches
            Next: fabric lab status, fabric lab exec POD -- ping ADDRESS, fabric capture --uplink HYPERVISOR --print, fabric lab down
            """);
    }
}
