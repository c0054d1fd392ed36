using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>Checks of context profiles.</summary>
internal static class ContextProfileChecks
{
    public static Checked<PolicyContextProfile> Complete(WriteScope scope, PolicyContextProfile? before, PolicyContextProfile profile)
    {
        _ = (scope, before);
        var keys = profile.Attributes.Select(attribute => attribute.Key).ToList();
        if (keys.GroupBy(key => key).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            return ApiErrors.Field($"attributes has key {twice.Key} more than once");
        }

        if (keys.Contains("DOMAIN_NAME") && keys.Contains("URL_CATEGORY"))
        {
            return ApiErrors.Field("attributes: DOMAIN_NAME and URL_CATEGORY exclude each other");
        }

        if (profile.Attributes.FirstOrDefault(attribute => attribute.SubAttributes is { Count: > 0 } && (attribute.Key != "APP_ID" || attribute.Value.Count != 1)) is { } several)
        {
            return ApiErrors.Field($"attributes: sub_attributes need key APP_ID with one value, not {several.Key} with {several.Value.Count}");
        }

        return profile;
    }
}
