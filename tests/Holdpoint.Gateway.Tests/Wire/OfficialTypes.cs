using System.Text.RegularExpressions;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Wire;

/// <summary>
/// The interfaces that a declaration file of npm <c>openai</c> exports; the calling test is skipped where the package is missing.
/// </summary>
internal sealed partial class OfficialTypes
{
    private readonly string _text;

    private OfficialTypes(string text) => _text = text;

    /// <summary>Reads a file of the package's folder <c>resources</c>.</summary>
    public static OfficialTypes In(params string[] path)
    {
        var file = Repo.Path(["tests", "clients", "node_modules", "openai", "resources", .. path]);
        Assert.SkipUnless(File.Exists(file), "npm packages of tests/clients are not installed");
        return new(Comment().Replace(File.ReadAllText(file), ""));
    }

    /// <summary>Names of the types that make up a union.</summary>
    public List<string> Union(string name)
    {
        var types = Regex.Match(_text, $"export type {name} = (.*?);").Groups[1].Value.Split(" | ")
            .Select(type => type.Replace("ResponsesAPI.", "", StringComparison.Ordinal))
            .ToList();
        Assert.True(types.Count > 1);
        return types;
    }

    /// <summary>Names of an interface's fields; <c>Outer.Inner</c> is one in a namespace.</summary>
    public List<string> Fields(string type)
    {
        List<string> names = [.. Field().Matches(Body(type)).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(names);
        return names;
    }

    /// <summary>The words that its field <c>type</c> may be.</summary>
    public List<string> TypeWords(string type) =>
        [.. Word().Matches(TypeField().Match(Body(type)).Groups[1].Value).Select(match => match.Groups[1].Value)];

    private string Body(string type)
    {
        var text = _text;
        var steps = type.Split('.');
        foreach (var outer in steps[..^1])
        {
            text = Regex.Match(text, $"export declare namespace {outer} \\{{(.*?)\n\\}}", RegexOptions.Singleline).Groups[1].Value;
            text = text.Replace("\n    ", "\n", StringComparison.Ordinal);
        }

        return Regex.Match(
            text, $"\n(?:export )?interface {steps[^1]} (?:extends \\w+ )?\\{{(.*?)\n\\}}", RegexOptions.Singleline).Groups[1].Value;
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^    ([a-z_0-9]+)\??:", RegexOptions.Multiline)]
    private static partial Regex Field();

    [GeneratedRegex(@"^    type\??: (.*);$", RegexOptions.Multiline)]
    private static partial Regex TypeField();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Word();
}
