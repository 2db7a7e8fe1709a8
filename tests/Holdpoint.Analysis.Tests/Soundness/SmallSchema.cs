using Holdpoint.Analysis.Tests.Symbolic;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Analysis.Tests.Soundness;

/// <summary>
/// A schema of one to three entity types at random. A finite one has only truths, lists and records of them in it, so that all its
/// requests and stores that a policy can tell apart can be counted.
/// </summary>
internal sealed class SmallSchema
{
    private readonly Random _random;
    private readonly bool _hasList;
    private readonly List<string> _types;

    private SmallSchema(Random random, bool isFinite)
    {
        _random = random;
        IsFinite = isFinite;
        _hasList = random.Next(2) == 0;
        _types = random.Next(5) switch
        {
            0 => ["User"],
            1 => ["User", "Doc"],
            2 => ["User", "Group"],
            _ => ["User", "Group", "Doc"],
        };
        Text = Write();
        Schema = SampleSchema.Resolve(Text);
    }

    public bool IsFinite { get; }

    public string Text { get; }

    public CedarSchema Schema { get; }

    public static SmallSchema AtRandom(Random random) => new(random, isFinite: random.Next(3) == 0);

    private string Write()
    {
        List<string> lines = _hasList ? ["entity Color enum [\"red\", \"blue\"];"] : [];
        foreach (var type in _types)
        {
            var parents = Parents(type);
            var tags = _random.Next(4) == 0 ? $" tags {Pick(IsFinite ? ["Bool"] : ["Bool", "Long", "String", "Set<String>"])}" : "";
            lines.Add($"entity {type}{parents} {{ {Attributes(2)} }}{tags};");
        }

        var isGrouped = _random.Next(2) == 0;
        lines.AddRange(isGrouped ? ["action any;"] : []);
        for (var i = 0; i <= _random.Next(2); i++)
        {
            var principals = _types.Contains("Group") && _random.Next(4) == 0 ? "[User, Group]" : "[User]";
            var resource = _hasList && _random.Next(6) == 0 ? "Color" : Pick([.. _types]);
            lines.Add($"action a{i}{(isGrouped ? " in [any]" : "")} appliesTo {{ principal: {principals}, resource: [{resource}], "
                + $"context: {{ {Attributes(2)} }} }};");
        }

        return string.Join('\n', lines);
    }

    /// <summary>
    /// What entities of a type may be in. In a finite schema whatever may be above an entity may be directly above it, so that nothing in
    /// between has to be counted.
    /// </summary>
    private string Parents(string type)
    {
        var isGroup = type == "Group";
        var above = _types.Where(
            t => t == "Group" ? _random.Next(3) < (isGroup ? 1 : 2) : isGroup && t == "Doc" && !IsFinite && _random.Next(3) == 0);
        var list = string.Join(", ", above);
        return list.Length == 0 ? "" : $" in [{list}]";
    }

    private string Attributes(int most) => string.Join(
        ", ", Enumerable.Range(0, _random.Next(most + 1)).Select(i => $"{(char)('p' + i)}{(_random.Next(3) == 0 ? "?" : "")}: {Type()}"));

    private string Type()
    {
        List<string> types = ["Bool", "{ f: Bool, g?: Bool }", "Set<Bool>"];
        if (_hasList)
        {
            types.AddRange(["Color", "Color", "Set<Color>"]);
        }

        if (!IsFinite)
        {
            types.AddRange([
                "Long", "Long", "Long", "String", "String", "Set<Long>", "Set<String>",
                "{ x: Long, y?: String }", "Set<{ x: Long, y?: Bool }>"]);
            types.AddRange(_types);
            types.AddRange(_types.Select(t => $"Set<{t}>"));
        }

        return Pick([.. types]);
    }

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];
}
