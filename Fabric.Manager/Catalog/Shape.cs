using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Fabric.Manager.Catalog;

/// <summary>A record type as data: its fields by their JSON names, with the rules stated at each.</summary>
internal sealed class Shape
{
    private static readonly ConcurrentDictionary<Type, Shape> Shapes = new();

    private Shape(Type type)
    {
        Record = type;
        Fields = ResourceJson.Stored.GetTypeInfo(type).Properties
            .Where(property => property.AttributeProvider is PropertyInfo)
            .Select(property => new FieldShape(property))
            .ToDictionary(field => field.Name);
    }

    public Type Record { get; }

    public IReadOnlyDictionary<string, FieldShape> Fields { get; }

    public static Shape Of(Type type) => Shapes.GetOrAdd(type, static type => new Shape(type));

    /// <summary>Every id in the record that names a resource, with the path of its field.</summary>
    public IEnumerable<(string Field, ResourceKey Target)> References(object record, string path = "")
    {
        foreach (var field in Fields.Values.Where(field => field.RefersTo is not null || field.Part is not null))
        {
            object? value = field.Property.GetValue(record);
            if (value is null)
            {
                continue;
            }

            string name = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (field.RefersTo is { } target)
            {
                foreach (string id in value is IEnumerable<string> ids ? ids : [(string)value])
                {
                    if (id.Length > 0)
                    {
                        yield return (name, new ResourceKey(ResourceKey.KindOf(target), id));
                    }
                }

                continue;
            }

            foreach (object? part in value is IEnumerable parts ? parts : new[] { value })
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
        IsList = type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable));
        Item = IsList ? type.GetGenericArguments()[0] : type;
        Part = Item.IsClass && Item != typeof(string) ? Item : null;
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
        Family = Part?.GetCustomAttribute<FamilyAttribute>()?.Members;
    }

    public string Name { get; }

    public PropertyInfo Property { get; }

    public bool IsList { get; }

    /// <summary>The type of the value, or of a list's items.</summary>
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

    public IReadOnlyList<Type>? Family { get; }
}
