using System.Text.RegularExpressions;

namespace Fabric.Lab.Tests.House;

/// <summary>A suffix is a promise, and some words promise nothing.</summary>
internal sealed partial class TypeNamesTests
{
    private static readonly HashSet<string> Empty = ["Helper", "Helpers", "Utils", "Util", "Common", "Base", "Info", "Data", "Impl", "Processor"];

    /// <summary>Names that the API's own schemas have.</summary>
    private static readonly HashSet<string> Given =
    [
        "BaseHostSwitchProfile", "BaseSwitchingProfile", "CertificateData", "ComputeManager", "EnforcementPointConnectionInfo",
        "NSXTConnectionInfo", "NSXVConnectionInfo", "PolicyBaseHostSwitchProfile", "QosBaseRateLimiter", "QosBaseRateShaper", "ReservationInfo",
        "SiteInfo", "SiteNodeConnectionInfo", "SubClusterInfo", "TrustObjectData",
    ];

    [Test]
    public void No_type_is_named_with_a_word_that_says_nothing()
    {
        var offenders = Types().Where(type => !Given.Contains(type.Name) && Word().Matches(type.Name).Any(word => Empty.Contains(word.Value)));
        Assert.That(offenders.Select(type => $"{type.File}: {type.Name}"), Is.Empty, "a type that needs such a word is two types");
    }

    [Test]
    public void Manager_and_Controller_name_products_and_no_class()
    {
        var offenders = Types().Where(type => !type.File.StartsWith("tests/", StringComparison.Ordinal)) // which stand in for the products
            .Where(type => !Given.Contains(type.Name))
            .Where(type => type.Name.EndsWith("Manager", StringComparison.Ordinal)
            || type.Name.EndsWith("Controller", StringComparison.Ordinal));
        Assert.That(offenders.Select(type => $"{type.File}: {type.Name}"), Is.Empty);
    }

    private static IEnumerable<(string File, string Name)> Types()
        => from file in Repository.Files("*.cs")
           from Match match in Declaration().Matches(Repository.Read(file))
           select (file, match.Groups["name"].Value);

    [GeneratedRegex(@"^\s*(?:(?:public|internal|private|protected|sealed|static|abstract|partial|readonly|ref|file|unsafe)\s+)*(?:class|record(?:\s+struct|\s+class)?|struct|interface|enum)\s+(?<name>[A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Word();
}
