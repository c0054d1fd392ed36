namespace Fabric.OvsProtocol.Ovsdb;

/// <summary>A schema or a message from a peer that is not what RFC 7047 says it must be. The message says what would be right.</summary>
public sealed class OvsdbSyntaxException(string message) : Exception(message);
