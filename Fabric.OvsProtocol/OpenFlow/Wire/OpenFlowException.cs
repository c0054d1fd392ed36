namespace Fabric.OvsProtocol.OpenFlow.Wire;

/// <summary>A message that is refused, with the type and code of the error that answers it (OpenFlow 1.3.5, section 7.4.4).</summary>
public sealed class OpenFlowException(ErrorCode code, string message) : Exception(message)
{
    public ErrorCode Code => code;

    public static OpenFlowException BadLength(string what) => new(ErrorCode.BadRequestBadLength, $"bad length: {what}");
}
