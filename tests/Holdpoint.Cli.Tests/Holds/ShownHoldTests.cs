using System.Text;
using System.Text.Json.Nodes;
using Holdpoint.Cli.Holds;
using Holdpoint.Evidence.Approvals;
using Holdpoint.Log;

namespace Holdpoint.Cli.Tests.Holds;

/// <summary>A gateway that shows one thing and has another signed.</summary>
public sealed class ShownHoldTests
{
    private const string Id = "hold_4f6a1c0de2b94c7a8e5d3b6f90a1c2d4";
    private const string Body = """{"model":"echo"}""";

    [Fact]
    public void What_is_signed_is_the_digest_of_what_is_shown() =>
        Assert.Equal(Binding.DigestFor(Id), ShownHold.Check(Detail(Body), Id).Digest);

    [Theory]
    [InlineData("""{"model":"echo"} """)]
    [InlineData("")]
    [InlineData(null)]
    public void Other_content_than_the_binding_names_is_not_signed(string? body)
    {
        var refused = Assert.Throws<CommandFailureException>(() => ShownHold.Check(Detail(body), Id));

        Assert.Equal(ExitCode.No, refused.Code);
    }

    [Fact]
    public void Content_that_the_binding_does_not_name_is_not_signed()
    {
        var detail = Detail(Body);
        detail["content"]!["claims"] = """{"purpose":"general"}""";

        Assert.Throws<CommandFailureException>(() => ShownHold.Check(detail, Id));
    }

    [Fact]
    public void Another_hold_than_the_one_asked_for_is_not_signed() =>
        Assert.Throws<CommandFailureException>(() => ShownHold.Check(Detail(Body), Id.Replace('4', '5')));

    [Theory]
    [InlineData("a\u001b[2Jb", "a\\u{1B}[2Jb")]
    [InlineData("a\u202eb", "a\\u{202E}b")]
    [InlineData("a\u200bb\rc", "a\\u{200B}b\\u{D}c")]
    [InlineData("größer 🌊", "größer 🌊")]
    public void Strangers_text_cannot_move_the_cursor_or_hide(string text, string visible) => Assert.Equal(visible, Visible.Text(text));

    private static HoldBinding Binding { get; } = new(
        "call", "/v1/chat/completions", "openai", "first", "analysts-cloud", "analyst-7",
        Hash.Of("bundle"u8), Hash.Of(Encoding.UTF8.GetBytes(Body)), null, [], []);

    private static JsonObject Detail(string? body)
    {
        var content = new JsonObject();
        if (body is not null)
        {
            content["body"] = body;
        }

        return new JsonObject { ["binding"] = JsonNode.Parse(Binding.ToJson(Id)), ["content"] = content };
    }
}
