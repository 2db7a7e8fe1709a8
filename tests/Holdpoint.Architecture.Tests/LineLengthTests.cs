using System.Globalization;
using System.Text.RegularExpressions;
using Holdpoint.Testing;

namespace Holdpoint.Architecture.Tests;

/// <summary>No line of C# is longer than .editorconfig allows, which neither the compiler nor `dotnet format` looks at.</summary>
public sealed partial class LineLengthTests
{
    public static TheoryData<string> Folders() =>
        [.. new[] { "src", "tests", "samples", "bench" }
            .SelectMany(top => Directory.EnumerateDirectories(Repo.Path(top)))
            .Select(folder => Path.GetRelativePath(Repo.Root, folder))];

    [Theory, MemberData(nameof(Folders))]
    public void No_line_is_longer_than_the_editor_configuration_allows(string folder)
    {
        var limit = Limit();

        var tooLong =
            from file in Sources(folder)
            from line in LongLines(File.ReadLines(Repo.Path(file)), limit)
            select $"{file}:{line}";

        Assert.Empty(tooLong);
    }

    [Theory]
    [InlineData("var x = 1234567890;", 1)]
    [InlineData("var x = \"\"\"\n        1234567890\n    \"\"\";")]
    [InlineData("var x = \"\"\"\n    1\n    \"\"\" + 12345678;", 3)]
    [InlineData("var x = \"\"\"\n    1\n    \"\"\"\n    + 1234567890123;", 4)]
    [InlineData("f(\"\"\"1\"\"\");\nvar x = 1234567890;", 2)]
    [InlineData("var x = $$\"\"\"\"\n    \"\"\"  67890123\n    \"\"\"\";\nvar x = 1234567890;", 4)]
    public void Only_lines_within_a_raw_string_literal_may_be_longer(string source, params int[] expected) =>
        Assert.Equal(expected, LongLines(source.Split('\n'), limit: 18));

    private static int Limit() =>
        int.Parse(CSharpLimit().Match(File.ReadAllText(Repo.Path(".editorconfig"))).Groups[1].Value, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Repo.Path(folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repo.Root, file))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj"));

    /// <summary>
    /// Numbers of the lines that are too long. What is between the lines with the quotes of a raw string literal is text.
    /// </summary>
    private static IEnumerable<int> LongLines(IEnumerable<string> lines, int limit)
    {
        string? quotes = null;
        foreach (var (index, line) in lines.Index())
        {
            var code = line.TrimStart();
            if (quotes is not null)
            {
                if (!code.StartsWith(quotes, StringComparison.Ordinal))
                {
                    continue;
                }

                code = code[quotes.Length..];
                quotes = null;
            }

            if (line.Length > limit)
            {
                yield return index + 1;
            }

            // Quotes at the end of a line open a literal unless they close one that began in the same line.
            var runs = Quotes().Matches(code);
            if (runs.Count % 2 == 1 && code.TrimEnd().EndsWith(runs[^1].Value, StringComparison.Ordinal))
            {
                quotes = runs[^1].Value;
            }
        }
    }

    [GeneratedRegex("""^\[\*\.cs\][^\[]*?\nmax_line_length = (\d+)$""", RegexOptions.Multiline)]
    private static partial Regex CSharpLimit();

    [GeneratedRegex("\"{3,}")]
    private static partial Regex Quotes();
}
