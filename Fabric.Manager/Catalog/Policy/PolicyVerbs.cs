namespace Fabric.Manager.Catalog.Policy;

/// <summary>What a row of the policy tree lets clients do.</summary>
[Flags]
internal enum PolicyVerbs
{
    None = 0,
    Get = 1,
    List = 2,
    Put = 4,
    Patch = 8,
    Delete = 16,
    Read = Get | List,
    Write = Put | Patch,
    All = Read | Write | Delete,
}
