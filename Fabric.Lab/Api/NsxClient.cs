using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Fabric.Lab.Api;

/// <summary>
/// The manager as any customer would call it, the Manager API by relative paths and the Policy API by whole ones: JSON over HTTPS with basic authentication. It knows paths and errors, no types: the
/// lab's second reading of the API would not find a mistake that it shared with the manager's own records.
/// </summary>
internal sealed class NsxClient : IDisposable
{
    private readonly HttpClient _http;

    public NsxClient(Uri manager, string user, string password)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = static (_, certificate, _, errors) => IsTrusted(certificate, errors) },
            UseCookies = false,
            UseProxy = false,
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri(manager, "/api/v1/") };
        string credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
    }

    public Task<JsonObject> GetAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, null, cancellation);

    public Task<JsonObject> PostAsync(string path, object body, CancellationToken cancellation)
        => SendAsync(HttpMethod.Post, path, body, cancellation);

    public Task<JsonObject> PutAsync(string path, object body, CancellationToken cancellation)
        => SendAsync(HttpMethod.Put, path, body, cancellation);

    public Task<JsonObject> PatchAsync(string path, object body, CancellationToken cancellation)
        => SendAsync(HttpMethod.Patch, path, body, cancellation);

    public Task<JsonObject> DeleteAsync(string path, CancellationToken cancellation)
        => SendAsync(HttpMethod.Delete, path, null, cancellation);

    /// <summary>All objects of a collection, over as many pages as it takes.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string path, CancellationToken cancellation)
    {
        var all = new List<JsonObject>();
        string? cursor = null;
        do
        {
            string page = cursor is null ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={Uri.EscapeDataString(cursor)}";
            var answer = await GetAsync(page, cancellation).ConfigureAwait(false);
            all.AddRange((answer["results"] as JsonArray ?? []).OfType<JsonObject>());
            cursor = (string?)answer["cursor"];
        }
        while (!string.IsNullOrEmpty(cursor));
        return all;
    }

    /// <exception cref="NsxRefusal">The manager answered with an error.</exception>
    private async Task<JsonObject> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, body.GetType());
        }

        using var response = await _http.SendAsync(request, cancellation).ConfigureAwait(false);
        string text = await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        var answer = Parse(text);
        if (!response.IsSuccessStatusCode)
        {
            throw new NsxRefusal(method.Method, path, response.StatusCode, (int?)answer["error_code"] ?? 0, (string?)answer["error_message"] ?? text);
        }

        return answer;
    }

    private static JsonObject Parse(string text)
    {
        try
        {
            return text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject ?? [];
        }
        catch (System.Text.Json.JsonException)
        {
            return []; // an error page of something in between; its text goes into the message
        }
    }

    /// <summary>The manager signs its own certificate, as a fresh NSX-T does: nobody else can vouch for it in a lab.</summary>
    private static bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors)
        => errors == SslPolicyErrors.None || (certificate is not null && certificate.Subject == certificate.Issuer);

    public void Dispose() => _http.Dispose();
}

/// <summary>The manager said no: with which status, NSX error code and words.</summary>
internal sealed class NsxRefusal(string method, string path, HttpStatusCode status, int code, string words)
    : Exception($"{method} {path}: {(int)status} (NSX {code}): {words}")
{
    public HttpStatusCode Status { get; } = status;

    public int Code { get; } = code;
}
