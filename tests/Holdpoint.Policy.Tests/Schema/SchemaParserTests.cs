using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Tests.Schema;

public sealed class SchemaParserTests
{
    [Theory]
    [InlineData("")]
    [InlineData("entity A, B in [C, N::D] { a: Long, \"in\"?: Set<Set<{}>>, } tags __cedar::Bool;")]
    [InlineData("entity A in [] = {};")]
    [InlineData("entity Set = {a: Set, b: Set<Set>};")]
    [InlineData("@a @b(\"x\\u{41}\") namespace N::M { @if type T = {@c d: T}; } namespace action {}")]
    [InlineData("action a, \"b c\" in [d, \"e\", N::Action::\"f\"] appliesTo {principal: A, resource: [A, B], context: C,} attributes {};")]
    [InlineData("action principal, resource, context, type, entity, action, namespace, appliesTo, attributes, tags, enum;")]
    [InlineData("entity E, F enum [\"\", \"a\\n\"];")]
    [InlineData("// only a comment")]
    public void What_Cedar_reads_is_read(string text) => Assert.Empty(SchemaParser.Parse(text).Diagnostics.Select(d => d.Describe(text)));

    [Theory]
    [InlineData("entity A", SyntaxCode.UnexpectedToken, 8)]
    [InlineData("entity in;", SyntaxCode.ReservedName, 7)]
    [InlineData("entiti A;", SyntaxCode.UnexpectedToken, 0)]
    [InlineData("entity A, ;", SyntaxCode.UnexpectedToken, 10)]
    [InlineData("entity A in [B,];", SyntaxCode.UnexpectedToken, 15)]
    [InlineData("entity A = T;", SyntaxCode.UnexpectedToken, 11)]
    [InlineData("entity A enum [];", SyntaxCode.UnexpectedToken, 15)]
    [InlineData("entity A enum [\"a\",];", SyntaxCode.UnexpectedToken, 19)]
    [InlineData("entity A {a: Long b: Long};", SyntaxCode.UnexpectedToken, 18)]
    [InlineData("entity A {like: Long};", SyntaxCode.ReservedName, 10)]
    [InlineData("entity A {a: Long, \"a\": Bool};", SchemaCode.DuplicateDeclaration, 19)]
    [InlineData("entity A; entity B, A;", SchemaCode.DuplicateDeclaration, 20)]
    [InlineData("type T = Long; type T = Bool;", SchemaCode.DuplicateDeclaration, 20)]
    [InlineData("action a; action \"a\";", SchemaCode.DuplicateDeclaration, 17)]
    [InlineData("namespace N {} namespace N {}", SchemaCode.DuplicateDeclaration, 25)]
    [InlineData("namespace __cedar {}", SchemaCode.ReservedName, 10)]
    [InlineData("namespace A::__cedar::B {}", SchemaCode.ReservedName, 10)]
    [InlineData("entity __cedar;", SchemaCode.ReservedName, 7)]
    [InlineData("entity Action;", SchemaCode.ReservedName, 7)]
    [InlineData("type Record = Long;", SchemaCode.ReservedName, 5)]
    [InlineData("action a appliesTo {principal: [], resource: A};", SchemaCode.BadAppliesTo, 7)]
    [InlineData("action a appliesTo {principal: A};", SchemaCode.BadAppliesTo, 7)]
    [InlineData("action a appliesTo {principal: A, principal: A, resource: A};", SchemaCode.BadAppliesTo, 34)]
    [InlineData("action a appliesTo {};", SyntaxCode.UnexpectedToken, 20)]
    [InlineData("action a in N::b;", SyntaxCode.UnexpectedToken, 12)]
    [InlineData("@a @a entity A;", SyntaxCode.Duplicate, 4)]
    [InlineData("type T = \"a\";", SyntaxCode.UnexpectedToken, 9)]
    [InlineData("type T = A &;", SyntaxCode.UnknownCharacter, 11)]
    [InlineData("entity A enum [\"\\q\"];", SyntaxCode.BadEscape, 16)]
    [InlineData("namespace N { entity A;", SyntaxCode.UnexpectedToken, 23)]
    public void A_fault_has_a_code_and_a_place(string text, string code, int at)
    {
        var parsed = SchemaParser.Parse(text);

        Assert.Null(parsed.Document);
        Assert.Equal((code, at), (parsed.Diagnostics[0].Code, parsed.Diagnostics[0].Span!.Value.Start));
    }

    [Fact]
    public void Every_declaration_shows_its_first_fault()
    {
        var parsed = SchemaParser.Parse("entity; type = 1 2; namespace N { action; entity A; entity B C D; } type T");

        Assert.Equal([6, 13, 40, 61, 74], parsed.Diagnostics.Select(d => d.Span!.Value.Start));
    }

    [Fact]
    public void A_near_miss_is_named() => Assert.Equal("did you mean `entity`?", SchemaParser.Parse("entty A;").Diagnostics[0].Suggestion);

    [Fact]
    public void Limits_hold_at_the_limit_and_refuse_one_past_it()
    {
        var limits = new ParseLimits { MaxDepth = 3, MaxLength = 40 };

        Assert.True(SchemaParser.Parse("type T = Set<Set<A>>;", limits).IsValid);
        Assert.Equal(SyntaxCode.NestedTooDeep, SchemaParser.Parse("type T = Set<Set<{a: A}>>;", limits).Diagnostics[0].Code);
        Assert.True(SchemaParser.Parse("entity A;".PadRight(40), limits).IsValid);
        Assert.Equal(SyntaxCode.TextTooLong, SchemaParser.Parse("entity A;".PadRight(41), limits).Diagnostics[0].Code);
        Assert.Equal(
            SyntaxCode.NestedTooDeep,
            SchemaParser.Parse("type T = " + string.Concat(Enumerable.Repeat("Set<", 100_000))).Diagnostics[0].Code);
    }
}
