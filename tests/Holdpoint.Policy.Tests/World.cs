using System.Text;
using Holdpoint.Policy.Json;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Tests;

/// <summary>A small world that the tests ask about: alice, in a group in a group, and what she can see.</summary>
internal static class World
{
    public static EntityStore Entities { get; } = ReadEntities("""
        [
          {"uid": {"type": "User", "id": "alice"},
           "attrs": {"age": 41, "name": "Alice", "home": {"city": {"zip": 1}},
                     "friend": {"__entity": {"type": "User", "id": "bob"}}, "ghost": {"__entity": {"type": "User", "id": "nobody"}},
                     "langs": ["en", "de", 3], "since": {"__extn": {"fn": "datetime", "arg": "2024-02-29"}}},
           "parents": [{"type": "Team", "id": "red"}], "tags": {"floor": 3, "badge": "A-7"}},
          {"uid": {"type": "User", "id": "bob"}, "attrs": {"age": 12}, "parents": []},
          {"uid": {"type": "Team", "id": "red"}, "attrs": {}, "parents": [{"type": "Team", "id": "all"}]},
          {"uid": {"type": "Action", "id": "view"}, "attrs": {}, "parents": [{"type": "Action", "id": "read"}]}
        ]
        """);

    public static Request Request { get; } = new(
        new("User", "alice"), new("Action", "view"), new("Photo", "p1"),
        Value.Record(KeyValuePair.Create<string, Value>("n", Value.Of(7)), KeyValuePair.Create<string, Value>("s", Value.Of("text"))));

    public static EntityStore ReadEntities(string json)
    {
        var read = EntitiesJson.Parse(Encoding.UTF8.GetBytes(json));
        Assert.Null(read.Fault);
        return read.Value!;
    }

    /// <summary>The policies of a text that has to be sound.</summary>
    public static IReadOnlyList<Policy> Policies(string text)
    {
        var parsed = PolicyParser.Parse(text);
        Assert.Empty(parsed.Diagnostics);
        return parsed.Policies;
    }

    public static Response Authorize(string policies) => PolicySet.Create(Policies(policies)).Compile().Authorize(Request, Entities);

    /// <summary>What an expression comes to as a condition: <c>true</c>, <c>false</c>, or the fault that stopped it.</summary>
    public static string Condition(string expression)
    {
        var outcomes = PolicySet.Create(Policies($"permit (principal, action, resource) when {{ {expression} }};"))
            .Compile().Evaluate(Request, Entities);
        return outcomes.All.Length == 0 ? "false" : outcomes.All[0].Error?.Fault.ToString() ?? "true";
    }
}
