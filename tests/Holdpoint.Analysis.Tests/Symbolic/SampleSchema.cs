using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Analysis.Tests.Symbolic;

/// <summary>A small schema with every kind of type in it.</summary>
internal static class SampleSchema
{
    public const string Text = """
        entity Color enum ["red", "green", "blue"];
        entity Org { open: Bool };
        entity Team in [Team, Org] { size: Long };
        entity User in [Team] {
          age: Long, name: String, boss?: User, teams: Set<Team>, likes?: Set<Color>, born: datetime, quota: decimal, home: { zip: Long, city?: String }
        } tags Long;
        entity Doc { owner: User, color: Color, words: Set<String>, nums?: Set<Long>, rows: Set<{ a: Long, b?: Bool }>, lease: duration, sets: Set<Set<Long>> };
        action any;
        action read, write in [any] appliesTo {
          principal: [User], resource: [Doc],
          context: { n: Long, m?: Long, who?: User, tags: Set<String>, at: datetime, from: ipaddr, ok: Bool, inner?: { deep: Long, flag?: Bool } }
        };
        """;

    public static CedarSchema Schema { get; } = Resolve(Text);

    public static CedarSchema Resolve(string text)
    {
        var parsed = SchemaParser.Parse(text);
        Assert.Empty(parsed.Diagnostics);
        var resolved = CedarSchema.Resolve(parsed.Document!);
        Assert.True(resolved.IsValid, string.Join('\n', resolved.Diagnostics));
        return resolved.Schema;
    }

    public static IReadOnlyList<Policy.Policy> Policies(string text)
    {
        var parsed = PolicyParser.Parse(text);
        Assert.Empty(parsed.Diagnostics);
        return parsed.Policies;
    }
}
