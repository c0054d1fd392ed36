using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Fabric.Manager.Catalog;

/// <summary>How resources are written: on the wire without what is hidden or secret, in the database with it.</summary>
internal static class ResourceJson
{
    public static readonly JsonSerializerOptions Stored = Options(withHidden: true);

    public static readonly JsonSerializerOptions Wire = Options(withHidden: false);

    public static string Store(ManagedResource resource) => JsonSerializer.Serialize(resource, resource.GetType(), Stored);

    public static JsonObject StoreAsNode(ManagedResource resource) => (JsonObject)JsonSerializer.SerializeToNode(resource, resource.GetType(), Stored)!;

    public static byte[] ToWireBytes(object value) => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), Wire);

    public static JsonObject ToWire(object value) => (JsonObject)JsonSerializer.SerializeToNode(value, value.GetType(), Wire)!;

    private static JsonSerializerOptions Options(bool withHidden)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the answer is never HTML
            MaxDepth = 64,
        };
        var resolver = new DefaultJsonTypeInfoResolver();
        if (!withHidden)
        {
            resolver.Modifiers.Add(static info =>
            {
                for (int i = info.Properties.Count - 1; i >= 0; i--)
                {
                    if (info.Properties[i].AttributeProvider is { } property
                        && (property.IsDefined(typeof(HiddenAttribute), false) || property.IsDefined(typeof(SecretAttribute), false)))
                    {
                        info.Properties.RemoveAt(i);
                    }
                }
            });
        }

        options.TypeInfoResolver = resolver;
        options.Converters.Add(new FamilyConverterFactory());
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Reads the member of a family that its naming field says.</summary>
    private sealed class FamilyConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAbstract && typeToConvert.IsDefined(typeof(FamilyAttribute), false);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
            => (JsonConverter)Activator.CreateInstance(typeof(FamilyConverter<>).MakeGenericType(typeToConvert))!;
    }

    /// <summary>The converter of one family.</summary>
    private sealed class FamilyConverter<T> : JsonConverter<T>
        where T : class
    {
        private static readonly FamilyAttribute Family = (FamilyAttribute)typeof(T).GetCustomAttributes(typeof(FamilyAttribute), false)[0];

        private static readonly Dictionary<string, Type> Members = Family.Members.ToDictionary(WireNameAttribute.Of);

        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            string? name = document.RootElement.TryGetProperty(Family.By, out var type) ? type.GetString() : null;
            return name is not null && Members.TryGetValue(name, out var member)
                ? (T?)document.RootElement.Deserialize(member, options)
                : throw new JsonException($"'{name}' is no {typeof(T).Name}");
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
            => JsonSerializer.Serialize(writer, value, value.GetType(), options);
    }
}
