namespace Fabric.OvsProtocol.Ovsdb;

/// <summary>The five kinds of atomic value in an OVSDB column (RFC 7047, section 3.2).</summary>
public enum AtomKind
{
    Integer,
    Real,
    Boolean,
    Text,
    Uuid,
}
