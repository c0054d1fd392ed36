using System.Collections.Concurrent;
using System.Reflection;

namespace Fabric.Manager.Catalog;

// What a field of a resource may hold, stated at the field. Shape reads these once per record type; nothing else does.

/// <summary>A request without this field is refused.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MandatoryAttribute : Attribute;

/// <summary>Filled by the manager: accepted and ignored in requests, as NSX does with what it answered itself.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ServerSetAttribute : Attribute;

/// <summary>Kept with the resource for the manager's own use; never on the wire, and unknown in requests.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HiddenAttribute : Attribute;

/// <summary>A password or a key: taken and kept, never answered; a write without it leaves the one there is.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;

/// <summary>A resource that is kept and validated like any other, and on which nothing in the fabric acts.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class StorageOnlyAttribute : Attribute;

/// <summary>Fixed when the resource is created.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ImmutableAttribute : Attribute;

/// <summary>The smallest and largest number allowed, both included.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WithinAttribute(long least, long most) : Attribute
{
    public long Least => least;

    public long Most => most;
}

/// <summary>The longest text, or the largest number of items, allowed.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AtMostAttribute(int count) : Attribute
{
    public int Count => count;
}

/// <summary>The smallest number of items allowed.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AtLeastAttribute(int count) : Attribute
{
    public int Count => count;
}

/// <summary>The words allowed, in a text or in each text of a list.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal class OneOfAttribute(params string[] words) : Attribute
{
    public IReadOnlyList<string> Words => words;
}

/// <summary>How a text, or each text of a list, must be written.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WrittenAsAttribute(TextForm form) : Attribute
{
    public TextForm Form => form;
}

/// <summary>Holds the id of another resource, or a list of them, which must exist and cannot be deleted while this field names them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RefersToAttribute(Type target) : Attribute
{
    public Type Target => target;
}

/// <summary>
/// Holds the path of a policy object, or a list of them: they must exist, be of one of these types (none named: of any), and cannot be deleted
/// while this field names them.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PathToAttribute(params Type[] targets) : Attribute
{
    public IReadOnlyList<Type> Targets => targets;

    /// <summary>What does not start with a slash is a value of its own: an address, or the word ANY.</summary>
    public bool AlsoPlain { get; init; }
}

/// <summary>The type's name in the API where it is not the record's: the API spells it otherwise, or the other API has one of the same name.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class WireNameAttribute(string name) : Attribute
{
    private static readonly ConcurrentDictionary<Type, string> Names = new();

    public string Name => name;

    /// <summary>What <c>resource_type</c> says for records of this type.</summary>
    public static string Of(Type record) => Names.GetOrAdd(record, static type => type.GetCustomAttribute<WireNameAttribute>(false)?.Name ?? type.Name);
}

/// <summary>Another name by which requests may call the type; answers never do.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class AlsoNamedAttribute(string name) : Attribute
{
    public string Name => name;

    /// <summary>Null: it has none.</summary>
    public static string? Of(Type record) => record.GetCustomAttribute<AlsoNamedAttribute>(false)?.Name;
}

/// <summary>A record that says itself which of these it is: by its <c>resource_type</c>, or by the field named.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class FamilyAttribute(params Type[] members) : Attribute
{
    public IReadOnlyList<Type> Members => members;

    /// <summary>The field that names the member; load balancer rules and the like say <c>type</c>.</summary>
    public string By { get; init; } = "resource_type";
}

/// <summary>Forms of text that the API's description names (`format`).</summary>
internal enum TextForm
{
    Ip,
    Cidr,
    IpOrCidrOrRange,
    Mac,
    PortOrRange,
}
