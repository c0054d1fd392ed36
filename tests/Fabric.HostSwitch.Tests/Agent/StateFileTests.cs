using Fabric.Contracts.V1;
using Fabric.HostSwitch.Agent;

namespace Fabric.HostSwitch.Tests.Agent;

[TestFixture]
public sealed class StateFileTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("fs").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void What_was_saved_last_is_loaded()
    {
        var file = new StateFile(Path.Combine(_folder, "deep"));
        Assert.That(file.Load(out _), Is.Null);
        file.Save(new HostView { Generation = 1 });
        var saved = new HostView { Generation = 2, Objects = { TestObjects.Switch, TestObjects.Port("a") } };
        file.Save(saved);
        Assert.That(file.Load(out string? setAside), Is.EqualTo(saved));
        Assert.That(setAside, Is.Null);
    }

    [Test]
    public void A_file_with_any_bit_flipped_or_byte_missing_is_set_aside([Range(1, 20)] int seed)
    {
        var chance = new Random(seed);
        var file = new StateFile(_folder);
        file.Save(new HostView { Generation = 2, Objects = { TestObjects.Switch, TestObjects.Port("a") } });
        string path = Path.Combine(_folder, "host.state");
        byte[] bytes = File.ReadAllBytes(path);
        if (seed % 2 == 0)
        {
            bytes[chance.Next(bytes.Length)] ^= (byte)(1 << chance.Next(8));
        }
        else
        {
            bytes = bytes[..chance.Next(bytes.Length)];
        }

        File.WriteAllBytes(path, bytes);
        Assert.That(file.Load(out string? setAside), Is.Null);
        Assert.That(setAside, Is.Not.Null);
        Assert.That(File.ReadAllBytes(setAside!), Is.EqualTo(bytes), "for whoever wants to look");
        Assert.That(file.Load(out _), Is.Null);
    }
}
