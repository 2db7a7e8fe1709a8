using System.Globalization;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Policy.Tests.Schema;

public sealed class SchemaResolutionTests
{
    [Theory]
    [InlineData("entity E {a: A}; entity A;", "A")]
    [InlineData("entity E {a: A}; entity A; type A = Long;", "Long")]
    [InlineData("namespace N { entity E {a: A}; entity A; }", "N::A")]
    [InlineData("entity A; namespace N { entity E {a: A}; }", "A")]
    [InlineData("namespace M { entity A; } namespace N { entity E {a: M::A}; }", "M::A")]
    [InlineData("entity E {a: String};", "String")]
    [InlineData("entity String; entity E {a: String};", "String(entity)")]
    [InlineData("entity String; entity E {a: __cedar::String};", "String")]
    [InlineData("namespace N { entity String; entity E {a: String}; }", "N::String")]
    [InlineData("type decimal = {x: Long}; entity E {a: decimal};", "{x: Long}")]
    [InlineData("entity E {a: Set<T>}; type T = U; type U = {x?: duration, \"y z\": Bool};", "Set<{x?: duration, \"y z\": Bool}>")]
    [InlineData("action x; entity E {a: Action};", "Action")]
    [InlineData("namespace N { action x; entity E {a: Action}; }", "N::Action")]
    public void A_name_means_what_RFCs_24_and_70_say(string text, string expected)
    {
        var type = Resolve(text).EntityTypes.Values.Single(t => t.Name.EndsWith('E')).Attributes.Attributes.Single().Value.Type;

        Assert.Equal(expected, type is CedarType.EntityOf { Name: "String" } ? "String(entity)" : type.ToString());
    }

    [Theory]
    [InlineData("entity A in B;", SchemaCode.UndefinedType, 12)]
    [InlineData("entity A; entity B in T; type T = A;", SchemaCode.UndefinedType, 22)]
    [InlineData("entity A {a: B};", SchemaCode.UndefinedType, 13)]
    [InlineData("entity A {a: N::A};", SchemaCode.UndefinedType, 13)]
    [InlineData("entity A tags Sting;", SchemaCode.UndefinedType, 14)]
    [InlineData("entity A {a: __cedar::Boolean};", SchemaCode.UndefinedType, 13)]
    [InlineData("entity A in Action; action a;", SchemaCode.UndefinedType, 12)]
    [InlineData("entity A; action a appliesTo {principal: Action, resource: A};", SchemaCode.UndefinedType, 41)]
    [InlineData("entity A; action a appliesTo {principal: A, resource: A, context: A};", SchemaCode.UndefinedType, 66)]
    [InlineData("action a in b;", SchemaCode.UndefinedAction, 12)]
    [InlineData("action a; action b in A::\"a\";", SchemaCode.UndefinedAction, 22)]
    [InlineData("namespace N { action a; } action b in \"a\";", SchemaCode.UndefinedAction, 38)]
    [InlineData("entity A; namespace N { entity A; }", SchemaCode.Shadowing, 31)]
    [InlineData("entity A; namespace N { type A = Long; }", SchemaCode.Shadowing, 29)]
    [InlineData("action a; namespace N { action a; }", SchemaCode.Shadowing, 31)]
    [InlineData("type A = {a: B}; type B = Set<A>;", SchemaCode.CommonTypeCycle, null)]
    [InlineData("type A = A;", SchemaCode.CommonTypeCycle, 9)]
    [InlineData("action a in b; action b in c; action c in a;", SchemaCode.ActionCycle, 7)]
    [InlineData("action a in a;", SchemaCode.ActionCycle, 7)]
    [InlineData("entity A; action a appliesTo {principal: A, resource: A, context: T}; type T = Set<Long>;", SchemaCode.NotARecord, 17)]
    public void A_fault_has_a_code_and_a_place(string text, string code, int? at)
    {
        var result = CedarSchema.Resolve(Parse(text));

        Assert.Null(result.Schema);
        Assert.Equal(code, result.Diagnostics[0].Code);
        Assert.Equal(at ?? result.Diagnostics[0].Span!.Value.Start, result.Diagnostics[0].Span!.Value.Start);
    }

    [Fact]
    public void Ancestors_are_all_that_parents_lead_to_and_types_may_be_in_themselves()
    {
        var schema = Resolve("entity A in B; entity B in [C, B]; entity C; action a in b; action b in c; action c;");

        Assert.Equal(["B", "C"], schema.EntityTypes["A"].AncestorTypes);
        Assert.Equal(["B", "C"], schema.EntityTypes["B"].AncestorTypes);
        Assert.Equal(["B"], schema.EntityTypes["A"].ParentTypes);
        Assert.Equal(["b", "c"], schema.Actions[new("Action", "a")].Ancestors.Select(a => a.Id).Order());
        Assert.Equal(["b"], schema.Actions[new("Action", "a")].Parents.Select(a => a.Id));
    }

    [Fact]
    public void Documents_know_the_names_of_each_other_and_faults_say_of_which_they_are()
    {
        var first = Parse("namespace N { entity A in M::B; }");
        var second = Parse("namespace M { entity B in N::A; }");

        Assert.True(CedarSchema.Resolve(first, second).IsValid);
        Assert.Equal(0, Assert.Single(CedarSchema.Resolve(first).Diagnostics).Document);
        Assert.Equal(1, Assert.Single(CedarSchema.Resolve(Parse("entity A;"), second).Diagnostics).Document);
        Assert.Equal(
            (SchemaCode.DuplicateDeclaration, 2),
            Assert.Single(CedarSchema.Resolve(first, second, second).Diagnostics) is var twice ? (twice.Code, twice.Document) : default);
    }

    [Fact]
    public void Names_that_hide_others_are_a_warning()
    {
        var result = CedarSchema.Resolve(Parse("entity A, Long; type A = Long; namespace N { type decimal = String; }"));

        Assert.True(result.IsValid);
        Assert.Equal([SchemaCode.ShadowsEntity, SchemaCode.ShadowsBuiltIn, SchemaCode.ShadowsBuiltIn], result.Warnings.Select(w => w.Code));
    }

    [Fact]
    public void Every_kind_of_request_is_an_environment()
    {
        var schema = Resolve("entity A, B, C; action x, y appliesTo {principal: [A, B], resource: [C, C]}; action z;");

        Assert.Equal(
            ["A Action::\"x\" C", "B Action::\"x\" C", "A Action::\"y\" C", "B Action::\"y\" C"],
            schema.Environments.Select(e => e.ToString()));
    }

    [Fact]
    public void Limits_hold_at_the_limit_and_refuse_one_past_it()
    {
        // Each type names the one before it twice: 1 + 2 × the size before, and one deeper.
        var doubling = Parse("type T0 = {}; type T1 = {a: T0, b: T0}; type T2 = {a: T1, b: T1};");
        var requests = Parse("entity A, B; action a appliesTo {principal: [A, B], resource: [A, B]};");
        var ancestors = Parse("entity A; entity B in A; entity C in B;");

        Assert.True(CedarSchema.Resolve(new SchemaLimits { MaxTypeSize = 7, MaxTypeDepth = 3 }, doubling).IsValid);
        Assert.Equal(SchemaCode.TypeTooLarge, CedarSchema.Resolve(new SchemaLimits { MaxTypeSize = 6 }, doubling).Diagnostics[0].Code);
        Assert.Equal(SchemaCode.TypeTooLarge, CedarSchema.Resolve(new SchemaLimits { MaxTypeDepth = 2 }, doubling).Diagnostics[0].Code);
        Assert.True(CedarSchema.Resolve(new SchemaLimits { MaxEnvironments = 4 }, requests).IsValid);
        Assert.Equal(
            SchemaCode.TooManyCombinations, CedarSchema.Resolve(new SchemaLimits { MaxEnvironments = 3 }, requests).Diagnostics[0].Code);
        Assert.True(CedarSchema.Resolve(new SchemaLimits { MaxAncestors = 3 }, ancestors).IsValid);
        Assert.Equal(
            SchemaCode.TooManyCombinations, CedarSchema.Resolve(new SchemaLimits { MaxAncestors = 2 }, ancestors).Diagnostics[0].Code);
    }

    [Fact]
    public void A_small_text_that_stands_for_something_huge_is_refused()
    {
        var steps = Enumerable.Range(1, 60)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"type T{i} = {{a: T{i - 1}, b: T{i - 1}}};"));
        var doubling = Parse($"type T0 = Long; {string.Concat(steps)}");
        var chain = Parse(string.Concat(Enumerable.Range(0, 20_000).Select(
            i => string.Create(CultureInfo.InvariantCulture, $"type T{i} = Set<T{i + 1}>;"))) + "type T20000 = Long;");

        Assert.All(CedarSchema.Resolve(doubling).Diagnostics, d => Assert.Equal(SchemaCode.TypeTooLarge, d.Code));
        Assert.All(CedarSchema.Resolve(chain).Diagnostics, d => Assert.Equal(SchemaCode.TypeTooLarge, d.Code));
        Assert.False(CedarSchema.Resolve(doubling).IsValid || CedarSchema.Resolve(chain).IsValid);
    }

    private static SchemaDocument Parse(string text)
    {
        var parsed = SchemaParser.Parse(text);
        Assert.Empty(parsed.Diagnostics);
        return parsed.Document!;
    }

    private static CedarSchema Resolve(string text)
    {
        var result = CedarSchema.Resolve(Parse(text));
        Assert.Empty(result.Diagnostics);
        return result.Schema!;
    }
}
