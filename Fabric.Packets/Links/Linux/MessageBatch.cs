using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fabric.Packets.Buffers;

namespace Fabric.Packets.Links.Linux;

/// <summary>The structures of one recvmmsg or sendmmsg call, made once in memory that never moves and used for every call.</summary>
internal sealed unsafe class MessageBatch : IDisposable
{
    private readonly int _vectorsPerMessage;
    private readonly int _controlLength;
    private readonly int _nameLength;
    private byte* _memory;
    private readonly BatchedMessage* _messages;
    private readonly IoVector* _vectors;
    private readonly byte* _control;
    private readonly byte* _names;

    public MessageBatch(int count, int vectorsPerMessage, int controlLength, int nameLength)
    {
        Count = count;
        _vectorsPerMessage = vectorsPerMessage;
        _controlLength = controlLength;
        _nameLength = nameLength;
        int perMessage = sizeof(BatchedMessage) + (vectorsPerMessage * sizeof(IoVector)) + controlLength + nameLength;
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)(count * perMessage), 64);
        NativeMemory.Clear(_memory, (nuint)(count * perMessage));
        _messages = (BatchedMessage*)_memory;
        _vectors = (IoVector*)(_messages + count);
        _control = (byte*)(_vectors + (count * vectorsPerMessage));
        _names = _control + (count * controlLength);
        for (int index = 0; index < count; index++)
        {
            ref var header = ref _messages[index].Header;
            header.Vectors = _vectors + (index * vectorsPerMessage);
            header.VectorCount = (nuint)vectorsPerMessage;
            header.Name = nameLength == 0 ? null : _names + (index * nameLength);
            header.Control = controlLength == 0 ? null : _control + (index * controlLength);
            Rearm(index);
        }
    }

    public int Count { get; }

    public BatchedMessage* Messages => _messages;

    public ref BatchedMessage this[int index] => ref _messages[index];

    public byte* Name(int index) => _names + (index * _nameLength);

    public ref IoVector Vector(int message, int vector) => ref _vectors[(message * _vectorsPerMessage) + vector];

    /// <summary>Gives back the room for name and control data that a receive has used up.</summary>
    public void Rearm(int index)
    {
        ref var header = ref _messages[index].Header;
        header.NameLength = (uint)_nameLength;
        header.ControlLength = (nuint)_controlLength;
    }

    /// <summary>The address of a frame's bytes, whose memory is pinned.</summary>
    public static byte* AddressOf(FrameBuffer frame)
        => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(frame.Memory)) + frame.Start;

    /// <summary>The value of the received control message of this kind, null if there is none.</summary>
    public byte* FindControl(int index, int level, int type, int length)
    {
        ref var header = ref _messages[index].Header;
        byte* at = (byte*)header.Control;
        byte* end = at + header.ControlLength;
        while (at + sizeof(ControlHeader) <= end)
        {
            var control = (ControlHeader*)at;
            if (control->Length < (nuint)sizeof(ControlHeader))
            {
                return null;
            }

            if (control->Level == level && control->Type == type && control->Length >= (nuint)(sizeof(ControlHeader) + length))
            {
                return at + sizeof(ControlHeader);
            }

            at += (control->Length + 7) & ~(nuint)7;
        }

        return null;
    }

    /// <summary>Adds a control message to send behind those already there.</summary>
    public void AddControl<T>(int index, int level, int type, T value)
        where T : unmanaged
    {
        ref var header = ref _messages[index].Header;
        byte* at = (byte*)header.Control + header.ControlLength;
        *(ControlHeader*)at = new ControlHeader { Length = (nuint)(sizeof(ControlHeader) + sizeof(T)), Level = level, Type = type };
        *(T*)(at + sizeof(ControlHeader)) = value;
        header.ControlLength += (nuint)((sizeof(ControlHeader) + sizeof(T) + 7) & ~7);
    }

    /// <summary>
    /// Sends one message for each number, which says how many frames it stands for. What the system refuses is counted and passed over,
    /// but a device that is gone ends it. Returns the frames that went out, and the last error that is not about size or room; 0: none.
    /// </summary>
    public int Send(int socket, ReadOnlySpan<int> framesOf, LinkDrops drops, out int refusal)
    {
        int done = 0;
        int sent = 0;
        refusal = 0;
        while (done < framesOf.Length && refusal != LinuxCalls.NoSuchDevice)
        {
            int result = LinuxCalls.SendBatch(socket, _messages + done, (uint)(framesOf.Length - done), 0);
            if (result > 0)
            {
                sent += Sum(framesOf.Slice(done, result));
                done += result;
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case LinuxCalls.InterruptedCall:
                    continue;
                case LinuxCalls.TryAgain or LinuxCalls.NoBufferSpace:
                    drops.SendNoRoom += framesOf[done]; // the socket's, or the peer's, queue was full for this one
                    break;
                case LinuxCalls.MessageTooLong:
                    drops.SendTooLong += framesOf[done];
                    break;
                case var error:
                    refusal = error; // no route, no neighbor, a filter, no device
                    drops.SendErrors += framesOf[done];
                    break;
            }

            done++;
        }

        drops.SendErrors += Sum(framesOf[done..]);
        return sent;
    }

    public void Dispose()
    {
        if (_memory != null)
        {
            NativeMemory.AlignedFree(_memory);
            _memory = null;
        }
    }

    private static int Sum(ReadOnlySpan<int> numbers)
    {
        int sum = 0;
        foreach (int number in numbers)
        {
            sum += number;
        }

        return sum;
    }
}
