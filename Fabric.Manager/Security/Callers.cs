using Fabric.Manager.Catalog.Access;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Security;

/// <summary>From a user's name to who that is now: roles are read with every request, so that a change of them holds at once.</summary>
internal static class Callers
{
    public const string LocalUserType = "local_user";

    public static Caller? OfUser(FabricModel model, string name)
        => model.Find<LocalUser>(name) is { Status: LocalUser.Active } ? Bound(model, new Caller(name, []), LocalUserType) : null;

    /// <summary>With the roles that bindings of that name and type give.</summary>
    public static Caller Bound(FabricModel model, Caller caller, string type)
    {
        var bindings = model.All<RoleBinding>().Where(binding => binding.Name == caller.Name && binding.Type == type).ToList();
        return bindings.Count == 0 ? caller : caller with
        {
            Roles = [.. caller.Roles.Concat(bindings.SelectMany(binding => binding.Roles ?? []).Select(role => role.Name)).Distinct()],
            RolesForPaths = [.. caller.RolesForPaths, .. bindings.SelectMany(binding => binding.RolesForPaths ?? []).Select(each => new PathRoles(each.Path, [.. each.Roles.Select(role => role.Name)]))],
        };
    }
}
