using System.Globalization;
using System.Reflection;
using Google.Protobuf.Reflection;

namespace Fabric.Lab.Tests.House;

/// <summary>A field number, once given, means the same for ever: the committed listing next to this file is the memory of it.</summary>
internal sealed class ContractNumbersTests
{
    private const string Listing = "tests/Fabric.Lab.Tests/House/contract-numbers.txt";

    [Test]
    public void No_field_number_changes_its_meaning()
    {
        var committed = File.ReadLines(Repository.PathOf(Listing)).ToList();
        var now = Current().ToList();
        string added = string.Join('\n', now.Except(committed));
        Assert.Multiple(() =>
        {
            Assert.That(committed.Except(now), Is.Empty, "these numbers were given away; a field that goes leaves its number reserved");
            Assert.That(added, Is.Empty, $"new numbers: add these lines to {Listing}");
        });
    }

    private static IEnumerable<string> Current()
    {
        var files = typeof(Contracts.V1.ConfigFeed).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<FileDescriptor>();
        foreach (var file in files)
        {
            foreach (string line in file.MessageTypes.SelectMany(Lines).Concat(file.EnumTypes.SelectMany(Lines)))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> Lines(MessageDescriptor message)
    {
        foreach (var field in message.Fields.InFieldNumberOrder())
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{field.FullName} = {field.FieldNumber} {KindOf(field)}");
        }

        foreach (var range in message.ToProto().ReservedRange)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{message.FullName} reserved {range.Start}");
        }

        foreach (string line in message.NestedTypes.SelectMany(Lines).Concat(message.EnumTypes.SelectMany(Lines)))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Lines(EnumDescriptor type)
        => type.Values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{type.FullName}.{value.Name} = {value.Number}"));

    private static string KindOf(FieldDescriptor field)
    {
        string type = field.FieldType switch
        {
            FieldType.Message => field.MessageType.Name,
            FieldType.Enum => field.EnumType.Name,
            _ => field.FieldType.ToString().ToLowerInvariant(),
        };
        return field.IsMap ? "map" : field.IsRepeated ? "repeated " + type : type;
    }
}
