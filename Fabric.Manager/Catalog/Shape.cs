using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Fabric.Manager.Catalog.Policy;

namespace Fabric.Manager.Catalog;

/// <summary>A record type as data: its fields by their JSON names, with the rules stated at each.</summary>
internal sealed class Shape
{
    private static readonly ConcurrentDictionary<Type, Shape> Shapes = new();

    private readonly IReadOnlyList<FieldShape> _referring;
    private readonly Lazy<object> _unsaid; // a record of the type about which nothing has been said

    private Shape(Type type)
    {
        Record = type;
        _unsaid = new(() => Activator.CreateInstance(type)!);
        Fields = ResourceJson.Stored.GetTypeInfo(type).Properties
            .Where(property => property.AttributeProvider is PropertyInfo)
            .Select(property => new FieldShape(property))
            .ToDictionary(field => field.Name);
        _referring = [.. Fields.Values.Where(field => field.RefersTo is not null || field.PathTo is not null || field.Part is not null)];
    }

    public Type Record { get; }

    public IReadOnlyDictionary<string, FieldShape> Fields { get; }

    public static Shape Of(Type type) => Shapes.GetOrAdd(type, static type => new Shape(type));

    /// <summary>
    /// A new state of a resource with what only the manager sets, or what was given out when it was made, taken from the one before, unless the
    /// new state says something of its own about it.
    /// </summary>
    public T KeepOwn<T>(ManagedResource before, T after)
        where T : ManagedResource
    {
        object unsaid = _unsaid.Value;
        after = after with { };
        foreach (var field in Fields.Values)
        {
            if (((field.ServerSet || field.Hidden) && Equals(field.Property.GetValue(after), field.Property.GetValue(unsaid))) || (field.Immutable && field.Property.GetValue(after) is null))
            {
                field.Property.SetMethod?.Invoke(after, [field.Property.GetValue(before)]);
            }
        }

        return after;
    }

    /// <summary>Every id and path in the record that names a resource, with the path of its field.</summary>
    public IEnumerable<(string Field, ResourceKey Target)> References(object record, string path = "")
    {
        foreach (var field in _referring)
        {
            if (field.Property.GetValue(record) is not { } value)
            {
                continue;
            }

            string name = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (field.Part is null)
            {
                foreach (string text in value is IEnumerable<string> texts ? texts : [(string)value])
                {
                    if (field.TargetOf(text) is { } target)
                    {
                        yield return (name, target);
                    }
                }

                continue;
            }

            foreach (object? part in value switch { IDictionary map => map.Values, IEnumerable parts => parts, _ => new[] { value } })
            {
                if (part is not null)
                {
                    foreach (var reference in Of(part.GetType()).References(part, name))
                    {
                        yield return reference;
                    }
                }
            }
        }
    }
}

/// <summary>One field of a record: its JSON name, its type, and the rules stated at it.</summary>
internal sealed class FieldShape
{
    public FieldShape(JsonPropertyInfo property)
    {
        Name = property.Name;
        Property = (PropertyInfo)property.AttributeProvider!;
        var type = Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;
        IsMap = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>);
        IsList = !IsMap && type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable));
        Item = IsMap ? type.GetGenericArguments()[1] : IsList ? type.GetGenericArguments()[0] : type;
        IsFree = Item.IsAssignableTo(typeof(JsonNode));
        Part = Item.IsClass && Item != typeof(string) && !IsFree ? Item : null;
        Mandatory = Property.IsDefined(typeof(MandatoryAttribute));
        ServerSet = Property.IsDefined(typeof(ServerSetAttribute));
        Hidden = Property.IsDefined(typeof(HiddenAttribute));
        Secret = Property.IsDefined(typeof(SecretAttribute));
        Immutable = Property.IsDefined(typeof(ImmutableAttribute));
        Within = Property.GetCustomAttribute<WithinAttribute>();
        AtMost = Property.GetCustomAttribute<AtMostAttribute>()?.Count;
        AtLeast = Property.GetCustomAttribute<AtLeastAttribute>()?.Count;
        Words = Property.GetCustomAttribute<OneOfAttribute>()?.Words;
        Form = Property.GetCustomAttribute<WrittenAsAttribute>()?.Form;
        RefersTo = Property.GetCustomAttribute<RefersToAttribute>()?.Target;
        PathTo = Property.GetCustomAttribute<PathToAttribute>();
        Family = Part?.GetCustomAttribute<FamilyAttribute>()?.Members;
    }

    public string Name { get; }

    public PropertyInfo Property { get; }

    public bool IsList { get; }

    /// <summary>An object whose keys are free and whose values are alike.</summary>
    public bool IsMap { get; }

    /// <summary>Any JSON value, or any JSON object.</summary>
    public bool IsFree { get; }

    /// <summary>The type of the value, or of the items of a list or map.</summary>
    public Type Item { get; }

    /// <summary>The record that the value, or each item, is; null: a plain value.</summary>
    public Type? Part { get; }

    public bool Mandatory { get; }

    public bool ServerSet { get; }

    public bool Hidden { get; }

    public bool Secret { get; }

    public bool Immutable { get; }

    public WithinAttribute? Within { get; }

    public int? AtMost { get; }

    public int? AtLeast { get; }

    public IReadOnlyList<string>? Words { get; }

    public TextForm? Form { get; }

    public Type? RefersTo { get; }

    public PathToAttribute? PathTo { get; }

    public IReadOnlyList<Type>? Family { get; }

    /// <summary>The resource that a value of this field names; null: it names none.</summary>
    public ResourceKey? TargetOf(string text)
        => text.Length == 0 ? null
            : RefersTo is { } target ? new ResourceKey(ResourceKey.KindOf(target), text)
            : PathTo is { } to && (text[0] == '/' || !to.AlsoPlain) ? PolicyTree.KeyOf(text, to.Targets)
            : null;
}
