using System.Text;
using Holdpoint.Policy.Json;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Policy.Tests.Schema;

public sealed class SchemaJsonTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"": {"entityTypes": {}, "actions": {}}}""")]
    [InlineData("""{"N::M": {"entityTypes": {}, "actions": {"": {"memberOf": null, "appliesTo": null, "attributes": """
        + """null}}, "annotations": {"a": null}}}""")]
    [InlineData(
        """{"": {"entityTypes": {"A": {"shape": {"type": "T"}, "tags": {"type": "Extension", "name": "decimal"}}}, "actions": {}}}""")]
    public void What_Cedar_reads_is_read(string json) => Assert.Empty(Parse(json).Diagnostics);

    [Theory]
    [InlineData("[]", "expected an object")]
    [InlineData("""{"": {"entityTypes": {}}}""", "[\"\"]: the field `actions` is missing")]
    [InlineData("""{"": {"entityTypes": {}, "actions": {}, "types": {}}}""", "there is no `types` here")]
    [InlineData("""{"a b": {"entityTypes": {}, "actions": {}}}""", "is not the name of a namespace")]
    [InlineData(
        """{"": {"entityTypes": {}, "actions": {}, "annotations": {"a": ""}}}""", "the namespace without a name has no annotations")]
    [InlineData(
        """{"": {"entityTypes": {"A": {"shap": {}}}, "actions": {}}}""",
        "[\"\"].entityTypes[\"A\"]: there is no `shap` here; did you mean `shape`?")]
    [InlineData("""{"": {"entityTypes": {"A B": {}}, "actions": {}}}""", "this is not the name of a type")]
    [InlineData("""{"": {"entityTypes": {"A": {"enum": []}}, "actions": {}}}""", "at least one id")]
    [InlineData("""{"": {"entityTypes": {"A": {"enum": ["a"], "tags": {"type": "Long"}}}, "actions": {}}}""", "there is no `tags` here")]
    [InlineData("""{"": {"entityTypes": {"A": {"shape": null}}, "actions": {}}}""", ".shape: expected an object")]
    [InlineData("""{"": {"entityTypes": {"A": {"tags": {"type": "Set"}}}, "actions": {}}}""", "the field `element` is missing")]
    [InlineData(
        """{"": {"entityTypes": {"A": {"tags": {"type": "Long", "element": {"type": "Long"}}}}, "actions": {}}}""",
        "there is no `element` here")]
    [InlineData("""{"": {"entityTypes": {"A": {"tags": {"type": "Entity"}}}, "actions": {}}}""", "the field `name` is missing")]
    [InlineData("""{"": {"entityTypes": {"A": {"tags": {"type": "a-b"}}}, "actions": {}}}""", "`a-b` is not a name")]
    [InlineData(
        """{"": {"entityTypes": {"A": {"tags": {"type": "Long", "required": false}}}, "actions": {}}}""", "there is no `required` here")]
    [InlineData("""{"": {"entityTypes": {}, "actions": {"a": {"attributes": {}}}}}""", "actions have no attributes")]
    [InlineData(
        """{"": {"entityTypes": {}, "actions": {"a": {"appliesTo": {"principalTypes": []}}}}}""", "the field `resourceTypes` is missing")]
    [InlineData(
        """{"": {"entityTypes": {}, "actions": {"a": {"memberOf": [{"type": "Action"}]}}}}""", ".memberOf[0]: the field `id` is missing")]
    [InlineData("""{"": {"entityTypes": {"A": {}, "A": {}}, "actions": {}}}""", "uplicate")]
    [InlineData("""{"": {"entityTypes": {}, "actions": {}, "commonTypes": {"T": {"type": "Record", "attributes": {"a": """
        + """{"type": "Long", "required": 1}}}}}}""", "must be true or false")]
    public void A_fault_has_a_place(string json, string part)
    {
        var fault = Assert.Single(Parse(json).Diagnostics);

        Assert.Equal(SchemaCode.NotASchema, fault.Code);
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"": {"entityTypes": {"Action": {}}, "actions": {}}}""")]
    [InlineData("""{"": {"entityTypes": {}, "actions": {}, "commonTypes": {"Set": {"type": "Long"}}}}""")]
    [InlineData("""{"__cedar": {"entityTypes": {}, "actions": {}}}""")]
    public void Names_that_Cedar_keeps_are_refused(string json) => Assert.Equal(SchemaCode.ReservedName, Parse(json).Diagnostics[0].Code);

    [Fact]
    public void What_would_mean_something_else_in_the_Cedar_syntax_is_not_written_in_it()
    {
        var hidden = """{"": {"entityTypes": {"A": {}, "B": {"tags": {"type": "Entity", "name": "A"}}}, "actions": {},"""
            + """ "commonTypes": {"A": {"type": "Long"}}}}""";
        var open = """{"": {"entityTypes": {"A": {"shape": {"type": "Record", "attributes": {},"""
            + """ "additionalAttributes": true}}}, "actions": {}}}""";

        Assert.Equal(SchemaCode.NotExpressible, Parse(hidden).Document!.ToCedar().Diagnostics[0].Code);
        Assert.Equal(SchemaCode.NotExpressible, Parse(open).Document!.ToCedar().Diagnostics[0].Code);
        Assert.Equal(
            open, Parse(open).Document!.ToJson().Replace(":", ": ", StringComparison.Ordinal).Replace(",", ", ", StringComparison.Ordinal));
        Assert.Equal(SchemaCode.NotSupported, CedarSchema.Resolve(Parse(open).Document!).Diagnostics[0].Code);
    }

    [Fact]
    public void Limits_hold_at_the_limit_and_refuse_one_past_it()
    {
        var json = Encoding.UTF8.GetBytes("""{"": {"entityTypes": {}, "actions": {}}}""");

        Assert.True(SchemaJson.Parse(json, new() { MaxBytes = json.Length, MaxDepth = 3 }).IsValid);
        Assert.False(SchemaJson.Parse(json, new() { MaxBytes = json.Length - 1 }).IsValid);
        Assert.False(SchemaJson.Parse(json, new() { MaxDepth = 2 }).IsValid);
    }

    private static SchemaParseResult Parse(string json) => SchemaJson.Parse(Encoding.UTF8.GetBytes(json), JsonLimits.Default);
}
