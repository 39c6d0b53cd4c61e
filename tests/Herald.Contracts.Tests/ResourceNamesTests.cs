using System.Reflection;
using System.Text.RegularExpressions;

namespace Herald.Contracts.Tests;

/// <summary>Walks all classes of single resources' names, so that a new one is covered without being named.</summary>
public sealed partial class ResourceNamesTests
{
    private static readonly Guid[] Ids =
    [
        Guid.Parse("0192f0c1-7d4e-7a3b-9c55-000000000001"),
        Guid.Parse("0192f0c1-7d4e-7a3b-9c55-000000000002"),
        Guid.Parse("0192f0c1-7d4e-7a3b-9c55-000000000003"),
    ];

    public static TheoryData<string> NameClasses => [.. AllClasses().Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(NameClasses))]
    public void A_name_is_written_as_its_pattern_says(string className)
    {
        var type = Find(className);

        var expected = Variable().Replace(Pattern(type), match => Ids[Pattern(type)[..match.Index].Count(letter => letter == '{')].ToString());

        Assert.Equal(expected, Format(type));
    }

    [Theory]
    [MemberData(nameof(NameClasses))]
    public void A_written_name_is_read_back(string className)
    {
        var type = Find(className);

        var (isValid, ids) = TryParse(type, Format(type));

        Assert.True(isValid);
        Assert.Equal(Ids[..ids.Length], ids);
    }

    [Theory]
    [MemberData(nameof(NameClasses))]
    public void Names_of_other_resources_and_broken_ones_are_refused(string className)
    {
        var type = Find(className);
        var others = AllClasses().Where(other => other != type).Select(Format);

        foreach (var text in others.Append(string.Empty).Append(Format(type) + "/").Append(Format(type).ToUpperInvariant()))
        {
            var (isValid, ids) = TryParse(type, text);

            Assert.False(isValid, $"{className} reads {text}");
            Assert.All(ids, id => Assert.Equal(Guid.Empty, id));
        }
    }

    [Theory]
    [InlineData("tenants/{tenant}", 9)]
    [InlineData("tenants/{tenant}/contacts/{contact}/consentEvents/{consent_event}", 1)]
    public void Patterns_stand_in_the_protos_as_well(string pattern, int atLeast)
    {
        Assert.Contains(AllClasses(), type => Pattern(type) == pattern);
        Assert.True(ProtoTexts().Sum(text => text.Split($"`{pattern}`").Length - 1) >= atLeast);
    }

    [Fact]
    public void Every_pattern_of_the_protos_has_a_class()
    {
        var patterns = ProtoTexts().SelectMany(text => Quoted().Matches(text).Select(match => match.Groups[1].Value)).Distinct().ToList();

        Assert.NotEmpty(patterns);
        Assert.Equal(AllClasses().Select(Pattern).Order(StringComparer.Ordinal), patterns.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> ProtoTexts()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Grpc.sln")))
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("No Grpc.sln above the tests.");
        return Directory.EnumerateFiles(Path.Combine(root, "protos"), "*.proto", SearchOption.AllDirectories).Select(File.ReadAllText);
    }

    private static IEnumerable<Type> AllClasses() =>
        typeof(ResourceName).Assembly.GetTypes().Where(type => type.IsPublic && type.Name.EndsWith("Name", StringComparison.Ordinal) && type.IsAbstract);

    private static Type Find(string className) => AllClasses().Single(type => type.Name == className);

    private static string Pattern(Type type) => (string)type.GetField("Pattern")!.GetRawConstantValue()!;

    private static string Format(Type type)
    {
        var method = type.GetMethod("Format")!;
        return (string)method.Invoke(null, [.. Ids.Take(method.GetParameters().Length).Cast<object>()])!;
    }

    private static (bool IsValid, Guid[] Ids) TryParse(Type type, string text)
    {
        var method = type.GetMethod("TryParse")!;
        var arguments = new object?[method.GetParameters().Length];
        arguments[0] = text;
        var isValid = (bool)method.Invoke(null, BindingFlags.Default, null, arguments, null)!;
        return (isValid, [.. arguments.Skip(1).Cast<Guid>()]);
    }

    [GeneratedRegex(@"\{[a-z_]+\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"`(tenants/\{[^`]*)`")]
    private static partial Regex Quoted();
}
