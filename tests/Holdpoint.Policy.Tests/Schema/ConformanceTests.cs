using System.Text;
using Holdpoint.Policy.Json;
using Holdpoint.Policy.Schema;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests.Schema;

public sealed class ConformanceTests
{
    private static readonly CedarSchema Shop = CedarSchema.Resolve(SchemaParser.Parse("""
        entity Colour enum ["red", "blue"];
        entity Org;
        entity Team in Org;
        entity User in Team = { name: String, boss?: User, born?: datetime, sizes?: Set<Long> } tags Set<decimal>;
        action any, all;
        action buy in any appliesTo { principal: User, resource: Colour, context: { at: { price: decimal, from?: ipaddr }, act?: Action } };
        """).Document!).Schema!;

    [Theory]
    [InlineData("""{"at": {"price": "1.5", "from": "::1"}, "act": {"type": "Action", "id": "all"}}""", null, "")]
    [InlineData(
        """{"at": {"price": {"__extn": {"fn": "decimal", "arg": "1.5"}}}, "act": {"__entity": {"type": "Action", "id": "all"}}}""",
        null, "")]
    [InlineData("""{"at": {"price": {"fn": "decimal", "arg": "1.5"}}}""", null, "")]
    [InlineData("""{}""", ConformanceCode.MissingAttribute, "context")]
    [InlineData("""{"at": {}}""", ConformanceCode.MissingAttribute, "context.at")]
    [InlineData("""{"at": {"price": "1.5"}, "to": 1}""", ConformanceCode.UnexpectedAttribute, "context")]
    [InlineData("""{"a": 1, "at": {"price": "1.5"}}""", ConformanceCode.UnexpectedAttribute, "context")]
    [InlineData("""{"at": {"price": {"fn": "ip", "arg": "::1"}}}""", ConformanceCode.WrongType, "context.at.price")]
    [InlineData("""{"at": {"price": "1.5"}, "act": {"type": "User", "id": "all"}}""", ConformanceCode.WrongType, "context.act")]
    [InlineData("""{"at": {"price": "1.5"}, "act": {"type": "Action", "id": "none"}}""", ConformanceCode.UndeclaredAction, "context.act")]
    public void A_context_must_have_the_type_that_its_action_says(string context, string? code, string place)
    {
        var fault = Validate("User", "buy", new("Colour", "red"), context);

        Assert.Equal((code, place), (fault?.Code, fault?.Place ?? ""));
    }

    [Theory]
    [InlineData("User", "buy", "Colour", "red", null)]
    [InlineData("User", "by", "Colour", "red", ConformanceCode.UndeclaredAction)]
    [InlineData("Usr", "buy", "Colour", "red", ConformanceCode.UndeclaredType)]
    [InlineData("Team", "buy", "Colour", "red", ConformanceCode.WrongPrincipal)]
    [InlineData("User", "buy", "User", "red", ConformanceCode.WrongResource)]
    [InlineData("User", "buy", "Colour", "green", ConformanceCode.NotInEnum)]
    [InlineData("User", "any", "Colour", "red", ConformanceCode.WrongPrincipal)]
    public void A_request_must_be_of_a_kind_that_the_schema_allows(
        string principal, string action, string resource, string id, string? code) =>
        Assert.Equal(code, Validate(principal, action, new(resource, id), """{"at": {"price": "1.5"}}""")?.Code);

    [Theory]
    [InlineData("User", """{"name": "x", "born": "2000-01-01", "boss": {"type": "User", "id": "b"}, "sizes": []}""", "[]", "{}", null)]
    [InlineData(
        "User", """{"name": "x"}""", """[{"type": "Team", "id": ""}, {"type": "Org", "id": ""}]""", """{"a": [], "b": ["1.0"]}""", null)]
    [InlineData("Usr", "{}", "[]", "{}", ConformanceCode.UndeclaredType)]
    [InlineData("User", "{}", "[]", "{}", ConformanceCode.MissingAttribute)]
    [InlineData("User", """{"name": "x", "sizes": [1, "a"]}""", "[]", "{}", ConformanceCode.WrongType)]
    [InlineData("User", """{"name": "x"}""", """[{"type": "User", "id": "b"}]""", "{}", ConformanceCode.WrongParent)]
    [InlineData("User", """{"name": "x"}""", "[]", """{"a": [1]}""", "expected a value of type decimal")]
    [InlineData("Team", "{}", "[]", """{"a": 1}""", ConformanceCode.UnexpectedTag)]
    [InlineData("Colour", "{}", "[]", "{}", ConformanceCode.NotInEnum)]
    [InlineData("Action", "{}", "[]", "{}", ConformanceCode.UndeclaredAction)]
    public void An_entity_must_be_as_its_type_says(string type, string attributes, string parents, string tags, string? code)
    {
        var json = $$"""[{"uid": {"type": "{{type}}", "id": "e"}, "attrs": {{attributes}}, "parents": {{parents}}, "tags": {{tags}}}]""";
        var fault = EntitiesJson.Parse(Encoding.UTF8.GetBytes(json), Shop).Fault;

        Assert.Equal(code is null, fault is null);
        Assert.Contains(code ?? "", fault ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void An_action_has_the_groups_of_the_schema_and_is_there_without_being_named()
    {
        Assert.True(Parse("[]").Value!.IsIn(new("Action", "buy"), new("Action", "any")));
        Assert.True(
            Parse("""[{"uid": {"type": "Action", "id": "buy"}, "attrs": {}, "parents": [{"type": "Action", "id": "any"}]}]""").IsValid);
        Assert.Contains(
            ConformanceCode.ActionDiffers,
            Parse("""[{"uid": {"type": "Action", "id": "buy"}, "attrs": {}, "parents": []}]""").Fault!, StringComparison.Ordinal);
        Assert.Contains(
            ConformanceCode.ActionDiffers,
            Parse("""[{"uid": {"type": "Action", "id": "any"}, "attrs": {"a": 1}, "parents": []}]""").Fault!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_is_closed_when_everything_that_is_named_is_there()
    {
        var user = new Entity(
            new("User", "a"), Value.Record([new("name", Value.Of("x")), new("boss", Value.Of(new EntityUid("User", "b")))]));
        var boss = new Entity(new("User", "b"), Value.Record([new("name", Value.Of("y"))]), [new("Team", "t")]);
        var team = new Entity(new("Team", "t"));
        var request = new Request(user.Uid, new("Action", "buy"), new("Colour", "red"), RecordValue.Empty);
        var validator = new EntityValidator(Shop);

        Assert.Equal(["User::\"b\".parents"], validator.FindDangling(EntityStore.Create(user, boss)).Select(f => f.Place));
        Assert.Equal(["User::\"a\".attrs.boss"], validator.FindDangling(EntityStore.Create(user)).Select(f => f.Place));
        Assert.Empty(validator.FindDangling(EntityStore.Create(user, boss, team), request));
        Assert.Equal(["principal"], validator.FindDangling(EntityStore.Empty, request).Select(f => f.Place));
        Assert.Equal(
            ["resource"], validator.FindDangling(EntityStore.Create(user, boss, team), request with { Resource = new("Colour", "grey") })
                .Select(f => f.Place));
    }

    [Fact]
    public void A_request_that_conforms_is_checked_without_allocating()
    {
        var validator = new RequestValidator(Shop);
        var json = """{"principal": "User::\"a\"", "action": "Action::\"buy\"", "resource": "Colour::\"red\"","""
            + """ "context": {"at": {"price": "1.5"}}}""";
        var request = RequestJson.Parse(Encoding.UTF8.GetBytes(json), Shop).Value!;

        Assert.Null(validator.Validate(request));
        Assert.Equal(0, Allocations.Of(() => validator.Validate(request)));
    }

    private static JsonOutcome<EntityStore> Parse(string json) => EntitiesJson.Parse(Encoding.UTF8.GetBytes(json), Shop);

    private static ConformanceFault? Validate(string principal, string action, EntityUid resource, string context)
    {
        var json = $$"""{"principal": {"type": "{{principal}}", "id": "a"}, "action": {"type": "Action", "id": "{{action}}"},"""
            + $$""" "resource": {"type": "{{resource.Type}}", "id": "{{resource.Id}}"}, "context": {{context}}}""";
        return new RequestValidator(Shop).Validate(RequestJson.Parse(Encoding.UTF8.GetBytes(json), Shop).Value!);
    }
}
