using System.Net;
using System.Text;
using Fabric.Manager.Security;

namespace Fabric.Manager.Tests.Security;

internal sealed class AuthenticationTests
{
    private RunningManager _manager = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task Without_credentials_nothing_is_served()
    {
        using var client = _manager.NewClient(password: null);
        using var answer = await client.GetAsync("/api/v1/transport-zones");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("\"error_code\":403").And.Contain("UNAUTHORIZED"));
    }

    [Test]
    public async Task A_wrong_password_is_refused_in_the_words_that_clients_look_for()
    {
        using var client = _manager.NewClient("wrong");
        using var answer = await client.GetAsync("/api/v1/transport-zones");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("The credentials were incorrect or the account specified has been locked.").And.Contain("\"error_code\":403"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_session_needs_its_cookie_and_its_token_until_it_is_destroyed(bool encoded)
    {
        using var client = _manager.NewClient(password: null);
        string password = encoded ? Uri.EscapeDataString(RunningManager.Password) : RunningManager.Password;
        using var login = await client.PostAsync("/api/session/create", new StringContent($"j_username=admin&j_password={password}", Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.That(login.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        string cookie = login.Headers.GetValues("Set-Cookie").Single();
        Assert.That(cookie, Does.Match("^JSESSIONID=[^;]+;"));
        string session = cookie[..(cookie.IndexOf(';', StringComparison.Ordinal) + 1)];
        string token = login.Headers.GetValues("X-XSRF-TOKEN").Single();

        Assert.That(await StatusAsync(client, session, token), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusAsync(client, session, "other"), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await StatusAsync(client, session, null), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await StatusAsync(client, "JSESSIONID=0000;", token), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await StatusAsync(client, session, token, "/api/session/destroy"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusAsync(client, session, token), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task A_session_ends_after_half_an_hour_of_rest()
    {
        await using var manager = await RunningManager.StartAsync("none");
        using var client = manager.NewClient(password: null);
        using var login = await client.PostAsync("/api/session/create", new StringContent($"j_username=admin&j_password={Uri.EscapeDataString(RunningManager.Password)}"));
        string session = login.Headers.GetValues("Set-Cookie").Single().Split(' ')[0];
        string token = login.Headers.GetValues("X-XSRF-TOKEN").Single();
        manager.Time.Advance(TimeSpan.FromMinutes(29));
        Assert.That(await StatusAsync(client, session, token), Is.EqualTo(HttpStatusCode.OK));
        manager.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.That(await StatusAsync(client, session, token), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task A_generated_password_is_kept_for_its_owner_alone_and_only_its_hash_in_the_database()
    {
        string folder = RunningManager.NewFolder();
        string file;
        await using (var manager = await RunningManager.StartAsync("none", folder, password: null))
        {
            file = manager.DataFile + ".admin-password";
        }

        string password = (await File.ReadAllTextAsync(file)).Trim();
        Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(File.GetUnixFileMode(ServerCertificate.PathFor(Path.Combine(folder, "manager.db"))), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        foreach (string data in Directory.GetFiles(folder, "manager.db*").Where(data => !data.EndsWith("password", StringComparison.Ordinal)))
        {
            Assert.That(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(data)), Does.Not.Contain(password));
        }

        await using (var again = await RunningManager.StartAsync("none", folder, password: null))
        {
            using var client = again.NewClient(password);
            Assert.That((await client.GetAsync("/api/v1/node")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string cookie, string? token, string path = "/api/v1/transport-zones")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        if (token is not null)
        {
            request.Headers.Add("X-XSRF-TOKEN", token);
        }

        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
