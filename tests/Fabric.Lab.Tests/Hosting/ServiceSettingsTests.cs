using Fabric.Lab.Hosting;

namespace Fabric.Lab.Tests.Hosting;

public sealed class ServiceSettingsTests
{
    [TearDown]
    public void RemoveFiles()
    {
        foreach (string file in Directory.EnumerateFiles(Path.GetTempPath(), $"settings-*-{Environment.ProcessId}.json"))
        {
            File.Delete(file);
        }
    }

    [Test]
    public void Flag_variable_and_key_come_from_one_name()
    {
        var setting = ServiceSettings.Of(typeof(Sample), "HostSwitch", "host").Single(s => !s.IsSwitch);
        Assert.That(
            (setting.Flag, setting.Variable, setting.Key), Is.EqualTo(("--admin-password-file", "FABRIC_HOST_ADMIN_PASSWORD_FILE", "HostSwitch:AdminPasswordFile")));
    }

    [Test]
    public void Every_service_describes_every_setting()
    {
        foreach (var service in Services.All)
        {
            var described = ServiceSettings.Of(service.Options, service.Section, service.Name).Select(s => s.Key[(service.Section.Length + 1)..]);
            Assert.That(described, Is.EquivalentTo(service.Options.GetProperties().Where(p => p.CanWrite).Select(p => p.Name)), service.Name);
        }
    }

    [Test]
    public void A_settings_file_with_an_unknown_key_is_refused_with_the_known_ones()
    {
        string file = Path.Combine(Path.GetTempPath(), $"settings-unknown-{Environment.ProcessId}.json");
        File.WriteAllText(file, """{"HostSwitch": {"AdminPaswordFile": "x"}}""");
        var settings = ServiceSettings.Of(typeof(Sample), "HostSwitch", "host");
        var refusal = Assert.Throws<UsageException>(() => SettingsFile.Read(file, "HostSwitch", settings));
        Assert.That(refusal!.Message, Does.Contain("known settings are AdminPasswordFile, IsQuiet"));
    }

    [Test]
    public void A_settings_file_may_hold_the_sections_of_other_services()
    {
        string file = Path.Combine(Path.GetTempPath(), $"settings-others-{Environment.ProcessId}.json");
        File.WriteAllText(file, """{"Manager": {"Anything": 1}, "hostswitch": {"isquiet": true}}""");
        var read = SettingsFile.Read(file, "HostSwitch", ServiceSettings.Of(typeof(Sample), "HostSwitch", "host"));
        Assert.That(read["HostSwitch:IsQuiet"], Is.EqualTo("True"));
        Assert.That(read, Has.Count.EqualTo(1));
    }

    private sealed class Sample
    {
        [System.ComponentModel.Description("A file")]
        public string AdminPasswordFile { get; set; } = "";

        [System.ComponentModel.Description("Says less")]
        public bool IsQuiet { get; set; }
    }
}
