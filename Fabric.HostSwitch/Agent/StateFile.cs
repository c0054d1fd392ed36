using System.Security.Cryptography;
using Fabric.Contracts.V1;
using Google.Protobuf;

namespace Fabric.HostSwitch.Agent;

/// <summary>
/// The last configuration and the vnics on disk, so that a restarted host is in service before its controller answers (NSX's
/// nestdb). Replaced as a whole by a rename; sealed by a hash, because a torn protobuf may still parse.
/// </summary>
internal sealed class StateFile(string directory)
{
    private const string Name = "host.state";

    private static readonly byte[] Magic = "FABHOST1"u8.ToArray();

    private string FilePath => Path.Combine(directory, Name);

    /// <exception cref="IOException">The directory cannot be written.</exception>
    public void Save(HostView state)
    {
        Directory.CreateDirectory(directory);
        byte[] body = state.ToByteArray();
        string written = FilePath + ".new";
        using (var file = new FileStream(written, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(Magic);
            file.Write(SHA256.HashData(body));
            file.Write(body);
            file.Flush(flushToDisk: true);
        }

        File.Move(written, FilePath, overwrite: true);
    }

    /// <summary>What was kept; null: nothing, or nothing that can be read, which is set aside under the given name.</summary>
    public HostView? Load(out string? setAside)
    {
        setAside = null;
        if (!File.Exists(FilePath))
        {
            return null;
        }

        byte[] file = File.ReadAllBytes(FilePath);
        if (TryRead(file, out var state))
        {
            return state;
        }

        setAside = FilePath + ".corrupt";
        File.Move(FilePath, setAside, overwrite: true);
        return null;
    }

    private static bool TryRead(byte[] file, out HostView? state)
    {
        state = null;
        int head = Magic.Length + SHA256.HashSizeInBytes;
        if (file.Length < head
            || !file.AsSpan().StartsWith(Magic)
            || !file.AsSpan(Magic.Length, SHA256.HashSizeInBytes).SequenceEqual(SHA256.HashData(file.AsSpan(head))))
        {
            return false;
        }

        try
        {
            state = HostView.Parser.ParseFrom(file, head, file.Length - head);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }
}
