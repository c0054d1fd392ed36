using Fabric.Manager.Catalog.Access;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Endpoints.Access;

/// <summary>What NSX asks of a password: length, and one each of lower case, upper case, digit and special character.</summary>
internal static class PasswordRules
{
    public static ApiError? Refuse(FabricModel model, string password)
    {
        var policy = model.Find<AuthenticationPolicy>(AuthenticationPolicy.TheId) ?? new AuthenticationPolicy();
        return password.Length < policy.MinimumPasswordLength ? ApiErrors.User($"The password is shorter than {policy.MinimumPasswordLength} characters.")
            : password.Length > policy.MaximumPasswordLength ? ApiErrors.User($"The password is longer than {policy.MaximumPasswordLength} characters.")
            : !password.Any(char.IsAsciiLetterLower) || !password.Any(char.IsAsciiLetterUpper) || !password.Any(char.IsAsciiDigit) || password.All(char.IsAsciiLetterOrDigit)
            ? ApiErrors.User("The password needs a lower-case letter, an upper-case letter, a digit and a special character.")
            : null;
    }
}
