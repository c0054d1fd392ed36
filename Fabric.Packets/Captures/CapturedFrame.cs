namespace Fabric.Packets.Captures;

/// <summary>One frame of a capture. <c>OriginalLength</c> exceeds the bytes if the capture cut it short.</summary>
public readonly record struct CapturedFrame(DateTimeOffset Time, ReadOnlyMemory<byte> Bytes, int OriginalLength);
