using System.Text.RegularExpressions;
using Holdpoint.Testing;
using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Anthropic.Messages;

namespace Holdpoint.Gateway.Tests.Wire.Anthropic;

/// <summary>Holds <c>docs/reference/wire-anthropic.md</c> to what the code does.</summary>
public sealed partial class AnthropicReferenceTests
{
    private static readonly string Page = File.ReadAllText(Repo.Path("docs", "reference", "wire-anthropic.md"));

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
    public void Every_beta_of_the_list_goes_on_and_in_its_form()
    {
        var betas = Beta().Matches(Page).Select(m => m.Groups[1].Value).Where(
            word => word != "2023-06-01" && word != "2026-10-21").Distinct().ToList();
        Assert.InRange(betas.Count, 30, 64);
        Assert.All(betas, beta =>
        {
            var fault = Format.ReadHeaders(name => name == "anthropic-beta" ? [beta] : [], out var forwarded);
            Assert.True(fault is null && forwarded[^1] == new ForwardedHeader("anthropic-beta", beta), beta);
        });
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();

    [GeneratedRegex(@"^\| `(/[^`]*)` \| (Text|Opaque) \| `([^`]*)` \|$", RegexOptions.Multiline)]
    private static partial Regex PartRow();

    [GeneratedRegex("`([a-z0-9-]*20[0-9]{2}-[0-9]{2}-[0-9]{2})`")]
    private static partial Regex Beta();
}
