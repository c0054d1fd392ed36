using Fabric.Packets.Printing;
using NUnit.Framework.Constraints;

namespace Fabric.TestKit;

/// <summary>Assertions on frames that print both, layer by layer, when they differ.</summary>
public static class IsFrame
{
    public static FrameConstraint EqualTo(byte[] expected) => new(expected);
}

/// <summary>Byte for byte the expected frame.</summary>
public sealed class FrameConstraint(byte[] expected) : Constraint
{
    public override string Description => $"the frame\n{PacketPrinter.Print(expected)}\n{Convert.ToHexString(expected)}";

    public override ConstraintResult ApplyTo<TActual>(TActual actual)
    {
        var bytes = actual as byte[] ?? [];
        return new FrameResult(this, bytes, bytes.AsSpan().SequenceEqual(expected), expected);
    }

    private sealed class FrameResult(Constraint constraint, byte[] actual, bool isSuccess, byte[] expected)
        : ConstraintResult(constraint, actual, isSuccess)
    {
        public override void WriteActualValueTo(MessageWriter writer)
        {
            int first = actual.AsSpan().CommonPrefixLength(expected);
            writer.Write($"the frame (first difference at byte {first})\n{PacketPrinter.Print(actual)}\n{Convert.ToHexString(actual)}");
        }
    }
}
