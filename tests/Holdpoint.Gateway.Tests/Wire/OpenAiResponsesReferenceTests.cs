using System.Text;
using System.Text.RegularExpressions;
using Holdpoint.Testing;
using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

/// <summary>Holds <c>docs/reference/wire-openai-responses.md</c> to what the code does.</summary>
public sealed partial class OpenAiResponsesReferenceTests
{
    private static readonly string Page = File.ReadAllText(Repo.Path("docs", "reference", "wire-openai-responses.md"));

    private static readonly string[] Examples = [.. Json().Matches(Page).Select(m => m.Groups[1].Value)];

    [Fact]
    public void The_request_is_read_into_the_parts_of_the_table()
    {
        var call = Call(Examples[0], Responses);

        Assert.Equal(
            PartRow().Matches(Page).Select(m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value)),
            call.Parts.Select(
                p => (p.Path, p.Kind.ToString(), p.Kind == PartKind.Text ? p.Bytes.Text() : Convert.ToBase64String(p.Bytes.Span))));
        Assert.Equal("look_up", Assert.Single(call.Tools).Name);
    }

    [Fact]
    public void The_error_event_is_written_as_shown() =>
        Assert.Equal(
            "event: error\ndata: " + Examples[1].Trim() + "\n\n",
            Encoding.UTF8.GetString(Responses.WriteStreamError(new(
                403, "clause", "Refused by the clause mass-surveillance.",
                new ErrorDetail("refuse", 41, "9f2c", [new ErrorClause("mass-surveillance", "No mass domestic surveillance")])))));

    [Fact]
    public void Every_type_of_item_that_is_named_is_known()
    {
        var types = Code().Matches(ItemTypes().Match(Page).Groups[1].Value).Select(m => m.Groups[1].Value).Where(
            word => word is not ("type" or "role")).ToList();

        Assert.InRange(types.Count, 15, 40);
        Assert.All(types, type => Assert.NotEqual(
            WireCause.UnsupportedContent,
            (Responses.Read(Utf8($"{{\"model\":\"m\",\"input\":[{{\"type\":\"{type}\"}}]}}")) as ReadOutcome.Unreadable)?.Fault.Cause));
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();

    [GeneratedRegex(@"^\| `(/[^`]*)` \| (Text|Opaque) \| `([^`]*)` \|$", RegexOptions.Multiline)]
    private static partial Regex PartRow();

    [GeneratedRegex(@"- \*\*Input\*\*(.*?)Any other type", RegexOptions.Singleline)]
    private static partial Regex ItemTypes();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Code();
}
