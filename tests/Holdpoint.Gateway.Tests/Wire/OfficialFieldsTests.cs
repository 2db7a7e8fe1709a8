using System.Text.RegularExpressions;
using Holdpoint.Gateway.Wire;
using Holdpoint.Testing;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

public sealed partial class OfficialFieldsTests
{
    [Fact]
    public void Every_parameter_of_npm_openai_is_known()
    {
        var file = Repo.Path("tests", "clients", "node_modules", "openai", "resources", "chat", "completions", "completions.d.ts");
        Assert.SkipUnless(File.Exists(file), "npm packages of tests/clients are not installed");
        var types = Comment().Replace(File.ReadAllText(file), "");

        Assert.All(Fields(types, "ChatCompletionCreateParamsBase"), name =>
            Assert.NotEqual(WireCause.UnknownField, CauseOf(Request($"\"{name}\":null"))));
        foreach (var message in (string[])["System", "Developer", "User", "Assistant", "Tool", "Function"])
        {
            Assert.All(Fields(types, $"ChatCompletion{message}MessageParam"), name =>
                Assert.NotEqual(WireCause.UnknownField, CauseOf(Message($"\"{name}\":null"))));
        }

        foreach (var part in (string[])["Text", "Image", "InputAudio", "Refusal"])
        {
            Assert.All(Fields(types, $"ChatCompletionContentPart{part}"), name =>
                Assert.NotEqual(WireCause.UnknownField, CauseOf(ContentPart($"{{\"{name}\":null}}"))));
        }
    }

    private static string? CauseOf(string body) => (Format.Read(Utf8(body)) as ReadOutcome.Unreadable)?.Fault.Cause;

    private static List<string> Fields(string types, string type)
    {
        var body = Regex.Match(types, $"export interface {type} \\{{(.*?)\n\\}}", RegexOptions.Singleline).Groups[1].Value;
        List<string> names = [.. Field().Matches(body).Select(m => m.Groups[1].Value)];
        Assert.NotEmpty(names);
        return names;
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^    ([a-z_]+)\??:", RegexOptions.Multiline)]
    private static partial Regex Field();
}
