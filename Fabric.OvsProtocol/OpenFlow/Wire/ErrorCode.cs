namespace Fabric.OvsProtocol.OpenFlow.Wire;

/// <summary>Type and code of an error message, as OpenFlow 1.3 numbers them (OpenFlow 1.3.5, section 7.4.4).</summary>
public readonly record struct ErrorCode(ushort Type, ushort Code)
{
    public static readonly ErrorCode HelloIncompatible = new(0, 0);
    public static readonly ErrorCode BadRequestBadVersion = new(1, 0);
    public static readonly ErrorCode BadRequestBadType = new(1, 1);
    public static readonly ErrorCode BadRequestBadMultipart = new(1, 2);
    public static readonly ErrorCode BadRequestBadExperimenter = new(1, 3);
    public static readonly ErrorCode BadRequestBadExperimenterType = new(1, 4);
    public static readonly ErrorCode BadRequestBadLength = new(1, 6);
    public static readonly ErrorCode BadActionBadType = new(2, 0);
    public static readonly ErrorCode BadActionBadLength = new(2, 1);
    public static readonly ErrorCode BadActionBadExperimenterType = new(2, 3);
    public static readonly ErrorCode BadActionBadArgument = new(2, 5);
    public static readonly ErrorCode BadActionBadOutGroup = new(2, 9);
    public static readonly ErrorCode BadActionBadSetType = new(2, 13);
    public static readonly ErrorCode BadInstructionUnknown = new(3, 0);
    public static readonly ErrorCode BadInstructionBadTableId = new(3, 2);
    public static readonly ErrorCode BadInstructionBadLength = new(3, 7);
    public static readonly ErrorCode BadMatchBadType = new(4, 0);
    public static readonly ErrorCode BadMatchBadLength = new(4, 1);
    public static readonly ErrorCode BadMatchBadField = new(4, 6);
    public static readonly ErrorCode BadMatchBadValue = new(4, 7);
    public static readonly ErrorCode BadMatchBadMask = new(4, 8);
    public static readonly ErrorCode BadMatchDuplicateField = new(4, 10);
    public static readonly ErrorCode FlowModOverlap = new(5, 3);
    public static readonly ErrorCode FlowModBadCommand = new(5, 6);
    public static readonly ErrorCode GroupModGroupExists = new(6, 0);
    public static readonly ErrorCode GroupModInvalidGroup = new(6, 1);
    public static readonly ErrorCode GroupModLoop = new(6, 7);
    public static readonly ErrorCode GroupModUnknownGroup = new(6, 8);
    public static readonly ErrorCode GroupModBadType = new(6, 10);
    public static readonly ErrorCode GroupModBadCommand = new(6, 11);
    public static readonly ErrorCode GroupModBadBucket = new(6, 12);
    public static readonly ErrorCode BundleBadId = new(17, 3);
    public static readonly ErrorCode BundleBadType = new(17, 7);
    public static readonly ErrorCode BundleMessageUnsupported = new(17, 8);
}
