using System.Buffers.Binary;
using Fabric.Packets.Addresses;
using Fabric.Packets.Checksums;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Fabric.Packets.Tests.Checksums;

[TestFixture]
public sealed class ChecksumTests
{
    /// <summary>RFC 1071, section 3: the example bytes sum to ddf2.</summary>
    [Test]
    public void The_sum_of_a_plain_IPv4_header_is_the_general_sum()
    {
        var random = new Random(7);
        var header = new byte[20];
        for (int round = 0; round < 20_000; round++)
        {
            random.NextBytes(header);
            if (round % 2 == 0)
            {
                header[10] = header[11] = 0;
                ushort sum = InternetChecksum.Of(header);
                (header[10], header[11]) = ((byte)(sum >> 8), (byte)sum);
            }

            Assert.That(InternetChecksum.IsValidIpv4Header(header), Is.EqualTo(InternetChecksum.IsValid(header)));
        }
    }

    [Test]
    public void The_example_of_the_rfc_sums_as_it_says()
        => Assert.That(InternetChecksum.Of([0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7]), Is.EqualTo(0x220D));

    [Property(MaxTest = 500)]
    public bool The_fast_sum_is_the_plain_one(byte[] bytes, byte more)
    {
        byte[] longer = [.. bytes, .. Enumerable.Range(0, more * 3).Select(index => (byte)(index * more))];
        return InternetChecksum.Of(bytes) == Plain(bytes) && InternetChecksum.Of(longer) == Plain(longer);
    }

    [Test]
    public void Long_runs_of_ones_do_not_overflow()
    {
        foreach (int length in (int[])[63, 64, 65, 1500, 9000, 65535])
        {
            var bytes = new byte[length];
            Array.Fill(bytes, (byte)0xFF);
            Assert.That(InternetChecksum.Of(bytes), Is.EqualTo(Plain(bytes)), $"{length} bytes");
        }
    }

    [Property(MaxTest = 500)]
    public bool Mending_16_bits_equals_summing_anew(byte[] seed, ushort after, byte at)
    {
        byte[] bytes = [.. seed, 1, 2, 3, 4];
        int offset = at % (bytes.Length / 2) * 2;
        ushort checksum = InternetChecksum.Of(bytes);
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(offset));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(offset), after);
        return AreEqual(IncrementalChecksum.Replace16(checksum, before, after), InternetChecksum.Of(bytes));
    }

    [Property(MaxTest = 500)]
    public bool Mending_32_bits_equals_summing_anew(byte[] seed, uint after, byte at)
    {
        byte[] bytes = [.. seed, 1, 2, 3, 4, 5, 6];
        int offset = at % ((bytes.Length / 2) - 1) * 2;
        ushort checksum = InternetChecksum.Of(bytes);
        uint before = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(offset));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(offset), after);
        return AreEqual(IncrementalChecksum.Replace32(checksum, before, after), InternetChecksum.Of(bytes));
    }

    [Property(MaxTest = 500)]
    public bool Mending_an_address_equals_summing_anew(ulong a, ulong b, ulong c, ulong d, bool isIpv4)
    {
        var before = isIpv4 ? IpAddress.FromIpv4((uint)a) : new IpAddress(new UInt128(a | (1UL << 62), b));
        var after = isIpv4 ? IpAddress.FromIpv4((uint)c) : new IpAddress(new UInt128(c | (1UL << 62), d));
        byte[] even = [7, 9, .. before.ToBytes()];
        ushort checksum = InternetChecksum.Of(even);
        return AreEqual(IncrementalChecksum.ReplaceAddress(checksum, before, after), InternetChecksum.Of([7, 9, .. after.ToBytes()]));
    }

    /// <summary>RFC 9260 takes its CRC from iSCSI: RFC 7143, appendix A.4, has these examples.</summary>
    [Test]
    public void The_crc_of_the_rfc_examples_is_theirs()
    {
        Assert.That(Crc32c.Of(new byte[32]), Is.EqualTo(0x8A9136AAu));
        Assert.That(Crc32c.Of([.. Enumerable.Repeat((byte)0xFF, 32)]), Is.EqualTo(0x62A8AB43u));
        Assert.That(Crc32c.Of([.. Enumerable.Range(0, 32).Select(index => (byte)index)]), Is.EqualTo(0x46DD794Eu));
    }

    /// <summary>One's complement has two zeros, and both are right.</summary>
    private static bool AreEqual(ushort one, ushort other) => one == other || (one is 0 or 0xFFFF && other is 0 or 0xFFFF);

    private static ushort Plain(byte[] bytes)
    {
        uint sum = 0;
        for (int at = 0; at < bytes.Length; at += 2)
        {
            sum += (uint)((bytes[at] << 8) | (at + 1 < bytes.Length ? bytes[at + 1] : 0));
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
