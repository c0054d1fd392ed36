namespace Fabric.Lab.Hosting;

/// <summary>Every service the command can run. New one: a line here.</summary>
internal static class Services
{
    public static readonly IReadOnlyList<ServiceDefinition> All = [];
}
