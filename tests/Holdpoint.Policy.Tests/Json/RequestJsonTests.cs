using System.Text;
using Holdpoint.Policy.Json;

namespace Holdpoint.Policy.Tests.Json;

public sealed class RequestJsonTests
{
    [Theory]
    [InlineData("""{"type": "User", "id": "a\"b"}""")]
    [InlineData("""{"__entity": {"type": "User", "id": "a\"b"}}""")]
    [InlineData("\"User::\\\"a\\\\\\\"b\\\"\"")]
    public void An_entity_may_be_an_object_or_text(string principal)
    {
        var read = Parse($$$"""{"principal": {{{principal}}}, "action": "Action::\"v\"", "resource": {"type": "P", "id": ""},"""
            + """ "context": {"n": 1}, "kind": "base"}""");

        Assert.Null(read.Fault);
        Assert.Equal(new EntityUid("User", "a\"b"), read.Value!.Principal);
        Assert.Equal(new EntityUid("Action", "v"), read.Value.Action);
        Assert.True(read.Value.Context.TryGetValue("n", out var n));
        Assert.Equal(Value.Of(1), n);
    }

    [Fact]
    public void A_missing_context_is_empty() =>
        Assert.Equal(0, Parse("""{"principal": "A::\"\"", "action": "A::\"\"", "resource": "A::\"\""}""").Value?.Context.Count);

    [Theory]
    [InlineData("""{"principal": "A::\"\"", "action": "A::\"\""}""", "`resource` is missing")]
    [InlineData("""{"principal": "alice", "action": "A::\"\"", "resource": "A::\"\""}""", "principal")]
    [InlineData("""{"principal": 1, "action": "A::\"\"", "resource": "A::\"\""}""", "principal")]
    [InlineData("""{"principal": "A::\"\"", "action": "A::\"\"", "resource": "A::\"\"", "context": []}""", "record")]
    [InlineData("""{"principal": "A::\"\"", "action": "A::\"\"", "resource": "A::\"\"", "context": null}""", "context")]
    [InlineData(
        """{"principal": "A::\"\"", "action": "A::\"\"", "resource": "A::\"\"", "context": {"__extn": {"fn": "ip", "arg": "::1"}}}""",
        "record")]
    [InlineData("""{"principal": "A::\"\"", "principal": "B::\"\"", "action": "A::\"\"", "resource": "A::\"\""}""", "principal")]
    [InlineData("[]", "object")]
    [InlineData("", "")]
    public void What_is_no_request_is_refused(string json, string part)
    {
        var read = Parse(json);

        Assert.False(read.IsValid);
        Assert.Contains(part, read.Fault, StringComparison.Ordinal);
    }

    private static JsonOutcome<Request> Parse(string json) => RequestJson.Parse(Encoding.UTF8.GetBytes(json));
}
