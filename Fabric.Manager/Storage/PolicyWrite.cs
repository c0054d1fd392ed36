using System.Text.Json.Nodes;
using Fabric.Manager.Catalog.Policy;

namespace Fabric.Manager.Storage;

/// <summary>How a body relates to what is there.</summary>
internal enum PolicyWriteMode
{
    /// <summary>Create, or replace what has the revision given.</summary>
    Put,

    /// <summary>Create, or change the fields given.</summary>
    Patch,

    /// <summary>Create, or replace whatever the revision: what a PUT of the parent carries.</summary>
    Replace,
}

/// <summary>One object that a request writes, not yet looked at.</summary>
/// <param name="Place">Where.</param>
/// <param name="Body">Without children of any form.</param>
/// <param name="Mode">How.</param>
internal sealed record PolicyWrite(PolicyPlace Place, JsonObject Body, PolicyWriteMode Mode);
