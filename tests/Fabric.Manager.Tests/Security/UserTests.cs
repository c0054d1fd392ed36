using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Security;

internal sealed class UserTests
{
    private const string Word = "Another-Passw0rd!";

    private RunningManager _manager = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync("none");

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task A_new_manager_has_the_users_of_NSX_of_whom_only_admin_is_active()
    {
        await using var manager = await RunningManager.StartAsync("none");
        var users = (await manager.GetAsync("/node/users")).Results;
        Assert.That(users.Select(user => ((string)user!["username"]!, (string)user["status"]!)), Is.EqualTo(new[]
        {
            ("admin", "ACTIVE"), ("audit", "NOT_ACTIVATED"), ("guestuser1", "NOT_ACTIVATED"), ("guestuser2", "NOT_ACTIVATED"),
        }));
        Assert.That(users.ToJsonString(), Does.Not.Contain("password_hash").And.Not.Contain("210000"));
    }

    [Test]
    public async Task A_user_is_made_activated_changed_and_deleted()
    {
        var made = await _manager.PostAsync("/node/users?action=create_user", new JsonObject { ["username"] = "eve", ["full_name"] = "Eve" });
        Assert.That(((string)made.Body!["status"]!, made.Code), Is.EqualTo(("NOT_ACTIVATED", 200)), $"{made.Body}");
        string id = $"{made.Body["userid"]}";
        using var eve = _manager.NewClient(Word, "eve");
        Assert.That((await eve.AskAsync(HttpMethod.Get, "node")).Code, Is.EqualTo(403));
        Assert.That((await _manager.PostAsync($"/node/users/{id}?action=activate", new JsonObject { ["password"] = "short" })).Code, Is.EqualTo(400));
        Assert.That((await _manager.PostAsync($"/node/users/{id}?action=activate", new JsonObject { ["password"] = Word })).Code, Is.EqualTo(200));
        Assert.That((await eve.AskAsync(HttpMethod.Get, "node")).Code, Is.EqualTo(200));

        string next = Word + "2";
        Assert.That((await eve.AskAsync(HttpMethod.Post, "node/users?action=reset_own_password", new JsonObject { ["username"] = "eve", ["old_password"] = "no", ["password"] = next })).Code, Is.EqualTo(403));
        Assert.That((await _manager.PostAsync("/node/users?action=reset_own_password", new JsonObject { ["username"] = "eve", ["old_password"] = Word, ["password"] = next })).Code, Is.EqualTo(200));
        Assert.That((await eve.AskAsync(HttpMethod.Get, "node")).Code, Is.EqualTo(403));
        using var again = _manager.NewClient(next, "eve");
        Assert.That((await again.AskAsync(HttpMethod.Get, "node")).Code, Is.EqualTo(200));

        Assert.That((await _manager.DeleteAsync($"/node/users/{id}")).Code, Is.EqualTo(200));
        Assert.That((await again.AskAsync(HttpMethod.Get, "node")).Code, Is.EqualTo(403));
        Assert.That((await _manager.GetAsync($"/node/users/{id}")).Code, Is.EqualTo(404));
        Assert.That((await _manager.GetAsync("/aaa/role-bindings?name=eve")).Results, Is.Empty);
        Assert.That((await _manager.DeleteAsync("/node/users/10000")).Code, Is.EqualTo(400));
    }

    [Test]
    public async Task A_change_of_password_survives_a_restart()
    {
        string folder = RunningManager.NewFolder();
        await using (var manager = await RunningManager.StartAsync("none", folder))
        {
            Assert.That((await manager.PutAsync("/node/users/10000", new JsonObject { ["username"] = "admin", ["password"] = Word })).Code, Is.EqualTo(400), "the old one is asked for");
            Assert.That((await manager.PutAsync("/node/users/10000", new JsonObject { ["username"] = "admin", ["password"] = Word, ["old_password"] = RunningManager.Password })).Code, Is.EqualTo(200));
        }

        await using (var again = await RunningManager.StartAsync("none", folder, password: null))
        {
            using var client = again.NewClient(Word);
            Assert.That((await client.AskAsync(HttpMethod.Get, "node")).Code, Is.EqualTo(200));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Five_wrong_passwords_lock_an_account_for_a_quarter_of_an_hour()
    {
        Assert.That((await _manager.PostAsync("/node/users/audit?action=activate", new JsonObject { ["password"] = Word })).Code, Is.EqualTo(200));
        using var right = _manager.NewClient(Word, "audit");
        using var wrong = _manager.NewClient("guess", "audit");
        for (int i = 0; i < 5; i++)
        {
            Assert.That((await right.AskAsync(HttpMethod.Get, "node")).Code, Is.EqualTo(200));
            Assert.That((await wrong.AskAsync(HttpMethod.Get, "node")).Code, Is.EqualTo(403));
        }

        var locked = await right.AskAsync(HttpMethod.Get, "node");
        Assert.That((locked.Code, locked.ErrorCode, locked.Message), Is.EqualTo((403, 403, "The credentials were incorrect or the account specified has been locked.")));
        _manager.Time.Advance(TimeSpan.FromMinutes(14));
        Assert.That((await right.AskAsync(HttpMethod.Get, "node")).Code, Is.EqualTo(403));
        _manager.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.That((await right.AskAsync(HttpMethod.Get, "node")).Code, Is.EqualTo(200));
    }

    [Test]
    public async Task What_locks_an_account_can_be_set()
    {
        await using var manager = await RunningManager.StartAsync("none", settings: ("Manager:LockoutAfter", "0"));
        var policy = await manager.GetAsync("/node/aaa/auth-policy");
        Assert.That(((int)policy.Body!["api_max_auth_failures"]!, (int)policy.Body["api_failed_auth_lockout_period"]!), Is.EqualTo((0, 900)));
        using var wrong = manager.NewClient("guess");
        for (int i = 0; i < 6; i++)
        {
            await wrong.AskAsync(HttpMethod.Get, "node");
        }

        policy.Object["api_max_auth_failures"] = 1;
        Assert.That((await manager.PutAsync("/node/aaa/auth-policy", policy.Object)).Code, Is.EqualTo(200));
        await wrong.AskAsync(HttpMethod.Get, "node");
        Assert.That((await manager.GetAsync("/node")).Code, Is.EqualTo(403));
    }

    [Test]
    public async Task Another_scheme_is_tolerated_for_Basic_and_a_bearer_is_refused()
    {
        using var client = _manager.NewClient(password: null);
        string pair = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"admin:{RunningManager.Password}"));
        Assert.That((await client.AskAsync(HttpMethod.Get, "node", null, ("Authorization", $"Remote {pair}"))).Code, Is.EqualTo(200));
        var refused = await client.AskAsync(HttpMethod.Get, "node", null, ("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30."));
        Assert.That((refused.Code, refused.ErrorCode), Is.EqualTo((401, 403)));
    }
}
