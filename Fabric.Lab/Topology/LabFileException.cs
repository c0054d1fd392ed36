using YamlDotNet.Core;

namespace Fabric.Lab.Topology;

/// <summary>One mistake in a lab file: where it is, what is wrong and what would be right.</summary>
internal readonly record struct LabProblem(long Line, long Column, string Message)
{
    public static LabProblem At(Mark mark, string message) => new(mark.Line, mark.Column, message);
}

/// <summary>A lab file with mistakes; its message has a line for each, with file, line and column.</summary>
internal sealed class LabFileException(string file, IReadOnlyList<LabProblem> problems)
    : Exception(string.Join('\n', problems.Select(p => $"{file}:{p.Line}:{p.Column}: {p.Message}")))
{
    public IReadOnlyList<LabProblem> Problems { get; } = problems;
}
