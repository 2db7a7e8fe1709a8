using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Policy.Json;
using Holdpoint.Policy.Syntax;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests.Json;

public sealed partial class PolicySetJsonTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(500, 20_000));

    [Fact]
    public void Writing_then_reading_gives_the_same_policy() =>
        Prop.ForAll(Policies.Generator.ToArbitrary(), policy =>
        {
            var read = Read(PolicySetJson.Write(policy));

            Assert.Equal(Spelt(policy), Spelt(Assert.Single(read.Policies)));
            Assert.Equal(PolicySetJson.Write(policy), PolicySetJson.Write(read.Policies[0]));
        }).Check(Many);

    [Fact]
    public void Text_to_JSON_to_text_gives_the_same_policies() =>
        Prop.ForAll(Policies.Generator.ListOf().ToArbitrary(), policies =>
        {
            var parsed = World.Policies(string.Join('\n', policies));
            var read = Read(PolicySetJson.Write(PolicySet.Create(parsed)));
            var again = World.Policies(string.Join('\n', read.Policies));

            Assert.Equal(parsed.Select(Spelt), again.Select(Spelt));
            Assert.Equal(parsed.Select(p => p.Id), read.Policies.Select(p => p.Id));
        }).Check(Many);

    [Fact]
    public void A_set_comes_back_with_its_templates_and_links()
    {
        var parsed = PolicyParser.Parse("""
            @id("one") permit (principal, action, resource);
            permit (principal in ?principal, action, resource is Photo in ?resource) when { true };
            forbid (principal, action, resource == ?resource);
            """);
        var set = PolicySet.Create(
            parsed.Policies, parsed.Templates,
            [new("policy1", "linked", new("Team", "a"), new("Album", "b")), new("policy2", "other", null, new("Photo", "c"))]);

        var read = Read(PolicySetJson.Write(set, indented: true));

        Assert.Equal(set.Policies, read.Policies);
        Assert.Equal(set.Templates, read.Templates);
        Assert.Equal(set.Links, read.Links);
        Assert.Equal(
            "permit (principal in Team::\"a\", action, resource is Photo in Album::\"b\")\nwhen { true };", read.Policies[1].ToString());
    }

    [Theory]
    [InlineData("context has a.b.c", "(context has a && context.a has b) && context.a.b has c")]
    [InlineData("(context has a.b) has c", "(context has a && context.a has b) has c")]
    public void A_short_path_is_spelt_out_as_Cedar_does(string path, string spelt) =>
        Assert.Equal(Write(spelt), Write(path));

    [Theory]
    [InlineData("context has a.b.c.d.e.f.g.h.i")]
    [InlineData("(if context has a.b then context else principal) has a.b")]
    public void A_path_that_would_grow_when_spelt_out_stays_a_list(string expression)
    {
        Assert.Contains("\"attr\":[", Write(expression), StringComparison.Ordinal);
        Assert.Equal(Spelt(World.Policies(Policy(expression))[0]), Spelt(Read(Write(expression)).Policies[0]));
    }

    [Fact]
    public void Paths_inside_each_others_targets_do_not_double_with_each_level()
    {
        var expression = "context has a.b";
        for (var i = 0; i < 60; i++)
        {
            expression = $"({expression}) has a.b";
        }

        Assert.InRange(Write(expression).Length, 1, 10_000);
    }

    [Theory]
    [InlineData("""{"Value": [1, {"a": "x", "b": {"__entity": {"type": "A", "id": "i"}}}]}""", "[1, {a: \"x\", b: A::\"i\"}]")]
    [InlineData("""{"Value": {"__extn": {"fn": "ip", "arg": "10.0.0.1"}}}""", "ip(\"10.0.0.1\")")]
    [InlineData("""{"Value": {"__extn": {"fn": "offset", "args": [{"__extn": {"fn": "datetime", "arg": "2024-01-01"}}, {"__extn": """
        + """{"fn": "duration", "arg": "1d"}}]}}}""",
        "datetime(\"2024-01-01\").offset(duration(\"1d\"))")]
    [InlineData("""{"Value": {"__entity": 1}}""", "{__entity: 1}")]
    [InlineData("""{"has": {"left": {"Var": "context"}, "attr": ["a", "b"]}}""", "context has a.b")]
    [InlineData(
        """{"like": {"left": {"Value": "x"}, "pattern": [{"Literal": "a*"}, "Wildcard", {"Literal": "b"}, {"Literal": "c"}]}}""",
        "\"x\" like \"a\\**bc\"")]
    [InlineData("""{"neg": {"arg": {"Value": 5}}}""", "-(5)")]
    [InlineData("""{"has": {"left": {"Var": "context"}, "attr": ["a", "b c"]}}""", "context has a && context.a has \"b c\"")]
    [InlineData("""{"has": {"left": {"Var": "context"}, "attr": ["if", "a"]}}""", "context has \"if\" && context[\"if\"] has a")]
    [InlineData("""{"is": {"left": {"Var": "principal"}, "entity_type": "A", "in": null}}""", "principal is A")]
    [InlineData("""{"isEmpty": {"arg": {"Set": []}}}""", "[].isEmpty()")]
    public void An_expression_is_read_as_what_it_means(string json, string text) =>
        Assert.Equal(ExpressionParser.Parse(text).Expression, Read(Policy(json, isJson: true)).Policies[0].Conditions[0].Body);

    [Theory]
    [InlineData("""{"Value": null}""", "Cedar has no null")]
    [InlineData("""{"Value": 1.0}""", "expected an integer")]
    [InlineData("""{"Value": {"__expr": "1"}}""", "`__expr`")]
    [InlineData("""{"Slot": "?principal"}""", "slots stand in the scope")]
    [InlineData("""{"Var": "subject"}""", "a variable is")]
    [InlineData("""{"Unknown": {"name": "x"}}""", "no such operator")]
    [InlineData("""{"!": {"arg": {"Value": true}, "more": 1}}""", "no member `more`")]
    [InlineData("""{"==": {"left": {"Value": 1}}}""", "`right` is missing")]
    [InlineData("""{"Value": 1, "Var": "context"}""", "one member")]
    [InlineData("""{"isIpv4": []}""", "its first argument")]
    [InlineData("""{"has": {"left": {"Set": []}, "attr": ["a", "b c"]}}""", "need no quotes")]
    [InlineData("""{"has": {"left": {"Var": "context"}, "attr": ["a", 1]}}""", "made of strings")]
    [InlineData("""{"has": {"left": {"Var": "context"}, "attr": []}}""", "a path has")]
    [InlineData("""{"is": {"left": {"Var": "context"}, "entity_type": "A::\"b\""}}""", "not the name of a type")]
    [InlineData("""{"Record": {"a": {"Value": 1}, "a": {"Value": 2}}}""", "")]
    [InlineData("""{"Value": "\ud800"}""", "surrogate")]
    public void A_faulty_expression_is_refused_with_its_place(string json, string message)
    {
        var read = PolicySetJson.Parse(Encoding.UTF8.GetBytes(Policy(json, isJson: true)));

        Assert.Contains(message, read.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"op": "All", "foo": 1}""", """{"op": "All", "foo": 1}""", "permit (principal, action, resource)")]
    [InlineData("""{"op": "is", "entity_type": "A", "in": null}""", """{"op": "All"}""", "permit (principal is A, action, resource)")]
    [InlineData(
        """{"op": "is", "entity_type": "A", "in": {"slot": "?principal", "foo": 1}}""",
        """{"op": "All"}""", "permit (principal is A in ?principal, action, resource)")]
    [InlineData("""{"op": "All"}""", """{"op": "in", "entities": [], "foo": 1}""", "permit (principal, action in [], resource)")]
    public void What_Cedar_passes_over_in_a_scope_is_passed_over(string principal, string action, string text)
    {
        var set = Read(
            $$"""{"effect": "permit", "principal": {{principal}}, "action": {{action}}, "resource": {"op": "All"}, "conditions": []}""");

        Assert.Equal(text + ";", (set.Policies.FirstOrDefault() ?? set.Templates[0].Body).ToString());
    }

    [Theory]
    [InlineData("{}", "`staticPolicies` is missing")]
    [InlineData("""{"staticPolicies": {}, "more": 1}""", "no member `more`")]
    [InlineData("""{"staticPolicies": {"a": {}}}""", "staticPolicies.a: the field `effect` is missing")]
    [InlineData(
        """{"staticPolicies": {}, "templateLinks": [{"templateId": "t", "newId": "n", "values": {}}]}""", "which is not in the set")]
    [InlineData(
        """{"staticPolicies": {}, "templateLinks": [{"templateId": "t", "newId": "n", "values": {"?action": {}}}]}""",
        "no member `?action`")]
    [InlineData("""{"staticPolicies": {"a": $}, "templates": {"a": {"effect": "permit", "principal": {"op": "All"}, "action": """
        + """{"op": "All"}, "resource": {"op": "==", "slot": "?resource"}, "conditions": []}}}""", "the id `a` is given twice")]
    [InlineData("""{"staticPolicies": {"a": $, "a": $}}""", "")]
    [InlineData("""{"staticPolicies": {}, "templates": {"t": $}}""", "templates.t: a template has a slot")]
    [InlineData("""{"staticPolicies": {}, "templates": {"t": {"effect": "permit", "principal": {"op": "All"}, "action": {"op": "All"},"""
        + """ "resource": {"op": "==", "slot": "?resource"}, "conditions": []}}, "templateLinks": [{"templateId": "t", "newId": "n","""
        + """ "values": {"?principal": {"type": "A", "id": ""}}}]}""", "do not fit the slots")]
    [InlineData("""{"effect": "permit", "principal": {"op": "==", "slot": "?resource"}, "action": {"op": "All"}, "resource": """
        + """{"op": "All"}, "conditions": []}""", "the slot of `principal`")]
    [InlineData("""{"effect": "permit", "principal": {"op": "All"}, "action": {"op": "==", "entity": {"type": "A", "id": "b"}},"""
        + """ "resource": {"op": "All"}, "conditions": []}""", "is not an action")]
    [InlineData(
        """{"effect": "allow", "principal": {"op": "All"}, "action": {"op": "All"}, "resource": {"op": "All"}, "conditions": []}""",
        "`effect` is")]
    public void A_faulty_set_is_refused_with_its_place(string json, string message)
    {
        var read = PolicySetJson.Parse(Encoding.UTF8.GetBytes(json.Replace(
            "$",
            """{"effect": "permit", "principal": {"op": "All"}, "action": {"op": "All"}, "resource": {"op": "All"}, "conditions": []}""",
            StringComparison.Ordinal)));

        Assert.Contains(message, read.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public void A_tree_at_the_depth_limit_is_read_and_one_level_more_is_not(int limit, bool fits)
    {
        foreach (var expression in (string[])["context.a.b.c.d", "[[[[1]]]]", "ip(ip(ip(ip(1))))"])
        {
            var read = PolicySetJson.Parse(Encoding.UTF8.GetBytes(Write(expression)), treeLimits: new() { MaxDepth = limit });
            Assert.True(fits == read.IsValid, read.Fault);
        }

        var value = PolicySetJson.Parse(
            Encoding.UTF8.GetBytes(Policy("""{"Value": [[[[1]]]]}""", isJson: true)), treeLimits: new() { MaxDepth = limit });
        Assert.True(fits == value.IsValid, value.Fault);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public void As_many_policies_templates_and_links_as_the_limit_are_read_and_one_more_is_not(int limit, bool fits)
    {
        const string All = "\"action\": {\"op\": \"All\"}, \"resource\": {\"op\": \"All\"}, \"conditions\": []";
        var json = $$"""
            {"staticPolicies": {"a": {"effect": "permit", "principal": {"op": "All"}, {{All}} } },
             "templates": {"t": {"effect": "permit", "principal": {"op": "==", "slot": "?principal"}, {{All}} } },
             "templateLinks": [{"templateId": "t", "newId": "n", "values": {"?principal": {"type": "A", "id": ""} } }]}
            """;

        Assert.Equal(fits, PolicySetJson.Parse(Encoding.UTF8.GetBytes(json), treeLimits: new() { MaxPolicies = limit }).IsValid);
        var three = string.Concat(Enumerable.Repeat("permit (principal, action, resource);", 3));
        Assert.Equal(fits, PolicyParser.Parse(three, new() { MaxPolicies = limit }).IsValid);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public void As_many_nodes_as_the_limit_are_read_and_one_more_is_not(int limit, bool fits) =>
        Assert.Equal(
            fits, PolicySetJson.Parse(Encoding.UTF8.GetBytes(Write("[1, 2, 3, 4]")), treeLimits: new() { MaxNodes = limit }).IsValid);

    [Fact]
    public void The_deepest_expression_of_the_default_limits_goes_to_JSON_and_back()
    {
        var levels = string.Concat(Enumerable.Repeat("!(", 199)) + "true" + new string(')', 199);
        var policies = World.Policies(Policy(levels));

        Assert.Equal(policies, Read(PolicySetJson.Write(PolicySet.Create(policies))).Policies);
    }

    /// <summary>The reference implementation reads every policy of the corpus to the same JSON, and reads ours back.</summary>
    [Fact]
    public async Task Cedar_writes_the_same_JSON()
    {
        // JavaScript does not carry integers of more than 53 bits.
        var texts = Testing.TestData.Entries("cedar/corpus.tar.gz").Where(e => e.Key.EndsWith(".cedar", StringComparison.Ordinal))
            .OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => Encoding.UTF8.GetString(e.Value))
            .Where(t => !LongInteger().IsMatch(t)).Take(TestScale.Of(400, int.MaxValue)).ToList();
        var reference = await NodeScript.RunAsync(
            "policies-to-json.mjs", "@cedar-policy/cedar-wasm", new JsonArray([.. texts.Select(t => JsonValue.Create(t))]));

        for (var i = 0; i < texts.Count; i++)
        {
            var written = PolicySetJson.Write(PolicyParser.Parse(texts[i]).Policies[0]);
            Assert.True(
                JsonNode.DeepEquals(reference[i], JsonNode.Parse(written, null, new() { MaxDepth = 1024 })),
                $"{texts[i]}\n{reference[i]?.ToJsonString()}\n{written}");
        }
    }

    [GeneratedRegex("[0-9]{16}")]
    private static partial Regex LongInteger();

    private static PolicySet Read(string json)
    {
        var read = PolicySetJson.Parse(Encoding.UTF8.GetBytes(json));
        Assert.Null(read.Fault);
        return read.Value!;
    }

    private static string Policy(string expression) => $"permit (principal, action, resource) when {{ {expression} }};";

    private static string Policy(string expression, bool isJson) => !isJson ? Policy(expression) :
        """{"effect": "permit", "principal": {"op": "All"}, "action": {"op": "All"}, "resource": {"op": "All"},"""
            + """ "conditions": [{"kind": "when", "body": """
        + expression + "}]}";

    private static string Write(string expression) => PolicySetJson.Write(World.Policies(Policy(expression)).Single());

    /// <summary>Paths of <c>has</c> as the chain that they mean: the only thing that the notation does not keep.</summary>
    private static Policy Spelt(Policy policy) =>
        policy with { Conditions = [.. policy.Conditions.Select(c => c with { Body = Spelt(c.Body) })] };

    private static Expr Spelt(Expr expression) => expression switch
    {
        HasExpr { Path: var path, Target: var target } when path.Length > 1 => path.Skip(1).Aggregate(
            (All: (Expr)new HasExpr(Spelt(target), [path[0]]), Target: (Expr)new GetAttributeExpr(Spelt(target), path[0])),
            (so, name) => (
                new BinaryExpr(BinaryOperator.And, so.All, new HasExpr(so.Target, [name])),
                new GetAttributeExpr(so.Target, name))).All,
        HasExpr has => has with { Target = Spelt(has.Target) },
        IfExpr(var a, var b, var c) => new IfExpr(Spelt(a), Spelt(b), Spelt(c)),
        UnaryExpr unary => unary with { Operand = Spelt(unary.Operand) },
        BinaryExpr binary => binary with { Left = Spelt(binary.Left), Right = Spelt(binary.Right) },
        LikeExpr like => like with { Target = Spelt(like.Target) },
        IsExpr isExpr => isExpr with { Target = Spelt(isExpr.Target), Ancestor = isExpr.Ancestor is null ? null : Spelt(isExpr.Ancestor) },
        GetAttributeExpr get => get with { Target = Spelt(get.Target) },
        SetExpr set => new SetExpr([.. set.Elements.Select(Spelt)]),
        RecordExpr record => new RecordExpr([.. record.Fields.Select(f => f with { Value = Spelt(f.Value) })]),
        CallExpr call => call with { Arguments = [.. call.Arguments.Select(Spelt)] },
        _ => expression,
    };
}
