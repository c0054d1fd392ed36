using Fabric.Packets.Printing;
using Fabric.TestKit;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Fabric.Packets.Tests;

/// <summary>Whatever arrives, every way of reading it answers or refuses, and none throws.</summary>
[TestFixture]
public sealed class RobustnessTests
{
    private const int Rounds = 20000;

    [Property(MaxTest = 1000)]
    public bool Random_bytes_are_answered_or_refused(byte[] bytes) => ReadAtEveryOffset(bytes);

    [Test]
    public void Every_prefix_of_every_seed_is_answered_or_refused()
    {
        foreach (byte[] seed in Seeds.All.Values)
        {
            for (int length = 0; length <= seed.Length; length++)
            {
                _ = Everything.Read(seed.AsSpan(0, length));
                _ = PacketPrinter.Print(seed.AsSpan(0, length));
            }

            Assert.That(ReadAtEveryOffset(seed), Is.True);
        }
    }

    [Test]
    public void Every_single_flipped_bit_is_answered_or_refused()
    {
        foreach (byte[] seed in Seeds.All.Values.Where(seed => seed.Length < 300))
        {
            for (int bit = 0; bit < seed.Length * 8; bit++)
            {
                byte[] damaged = seed.WithBitFlipped(bit);
                _ = Everything.Read(damaged);
                _ = PacketPrinter.Print(damaged);
            }
        }
    }

    [Test]
    public void Seeds_with_several_changes_are_answered_or_refused()
    {
        var random = new Random(20260101);
        byte[][] seeds = [.. Seeds.All.Values];
        for (int round = 0; round < Rounds; round++)
        {
            byte[] damaged = [.. seeds[random.Next(seeds.Length)]];
            for (int change = random.Next(1, 8); change > 0; change--)
            {
                damaged[random.Next(Math.Min(damaged.Length, 120))] = (byte)random.Next(256);
            }

            int length = random.Next(4) == 0 ? random.Next(damaged.Length) : damaged.Length;
            Assert.That(
                () => Everything.Read(damaged.AsSpan(0, length)) + (ulong)PacketPrinter.Print(damaged.AsSpan(0, length)).Length,
                Throws.Nothing, Convert.ToHexString(damaged, 0, length));
        }
    }

    private static bool ReadAtEveryOffset(byte[] bytes)
    {
        for (int offset = 0; offset < Math.Min(bytes.Length, 150); offset++)
        {
            _ = Everything.Read(bytes.AsSpan(offset));
        }

        return true;
    }
}
