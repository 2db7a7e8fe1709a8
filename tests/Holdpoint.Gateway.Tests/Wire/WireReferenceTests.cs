using System.Text.RegularExpressions;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Testing;
using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

/// <summary>Holds <c>docs/reference/wire-openai.md</c> to what the code does.</summary>
public sealed partial class WireReferenceTests
{
    private static readonly string Page = File.ReadAllText(Repo.Path("docs", "reference", "wire-openai.md"));

    private static readonly string[] Examples = [.. Json().Matches(Page).Select(m => m.Groups[1].Value)];

    [Fact]
    public void The_request_is_read_into_the_parts_of_the_table()
    {
        var call = Call(Examples[0]);

        Assert.Equal(
            PartRow().Matches(Page).Select(m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value)),
            call.Parts.Select(
                p => (p.Path, p.Kind.ToString(), p.Kind == PartKind.Text ? p.Bytes.Text() : Convert.ToBase64String(p.Bytes.Span))));
        Assert.Equal("look_up", Assert.Single(call.Tools).Name);
    }

    [Fact]
    public void The_error_is_written_as_shown() =>
        Assert.Equal(Examples[1].Trim(), System.Text.Encoding.UTF8.GetString(Format.WriteError(new(
            403, "clause", "Refused by the clause mass-surveillance.",
            new ErrorDetail("refuse", 41, "9f2c", [new ErrorClause("mass-surveillance", "No mass domestic surveillance")])))));

    [Fact]
    public void Every_cause_is_listed_and_no_other()
    {
        var causes = typeof(WireCause).GetFields().Concat(typeof(UpstreamFaults).GetFields()).Where(f => f.IsLiteral).Select(
            f => (string)f.GetRawConstantValue()!);
        var listed = CauseRow().Matches(Page).SelectMany(m => Code().Matches(m.Groups[1].Value)).Select(m => m.Groups[1].Value);

        Assert.Equal(causes.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();

    [GeneratedRegex(@"^\| `(/[^`]*)` \| (Text|Opaque) \| `([^`]*)` \|$", RegexOptions.Multiline)]
    private static partial Regex PartRow();

    [GeneratedRegex(@"^\| \d{3} \| ([^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex CauseRow();

    [GeneratedRegex("`([a-z0-9_]+)`")]
    private static partial Regex Code();
}
