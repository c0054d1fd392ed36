using System.ComponentModel;
using System.Globalization;

namespace Fabric.Packets.Links;

/// <summary>A link could not be opened. Says what was attempted and what the system answered.</summary>
public sealed class LinkException : IOException
{
    public LinkException(string message)
        : base(message)
    {
    }

    /// <param name="attempt">What was being done, as the end of "cannot ...".</param>
    /// <param name="errno">The system's error number.</param>
    public LinkException(string attempt, int errno)
        : base(string.Create(CultureInfo.InvariantCulture, $"cannot {attempt}: {new Win32Exception(errno).Message} (errno {errno})"))
        => Errno = errno;

    /// <summary>The system's error number; 0 if it was not the system that refused.</summary>
    public int Errno { get; }
}
