using Microsoft.Extensions.Options;

namespace Fabric.Manager;

/// <summary>Refuses addresses that the manager could not listen on, in words that say what would be right.</summary>
internal sealed class AddressValidation : IValidateOptions<ManagerOptions>
{
    public ValidateOptionsResult Validate(string? name, ManagerOptions options)
    {
        if (!Uri.TryCreate(options.Listen, UriKind.Absolute, out var api) || api.Scheme != Uri.UriSchemeHttps)
        {
            return ValidateOptionsResult.Fail($"Listen '{options.Listen}' must be an https:// URL such as https://127.0.0.1:8443");
        }

        if (options.Database.Length > 0 && Storage.PostgresAddress.Check(options.Database) is { } wrong)
        {
            return ValidateOptionsResult.Fail($"Database {wrong}");
        }

        bool feed = options.FeedListen.Length == 0
            || options.FeedListen.StartsWith("unix:", StringComparison.Ordinal)
            || (Uri.TryCreate(options.FeedListen, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp);
        return feed
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"FeedListen '{options.FeedListen}' must be http://host:port or unix:/path");
    }
}
