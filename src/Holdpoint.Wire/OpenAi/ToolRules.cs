using System.Text.Json;
using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.OpenAi;

/// <summary>The array <c>tools</c>: functions and custom tools, and any other type as a tool that the provider runs.</summary>
internal sealed class ToolsRule : Rule
{
    private static readonly Shape Tool = new(
        CheckedRule.Shared, ("type!", CheckedRule.Shared), ("function", CheckedRule.Shared), ("custom", CheckedRule.Shared));

    private static readonly Shape Function = new(
        ("name!", CheckedRule.Shared), ("description", CheckedRule.Shared),
        ("parameters", CheckedRule.Shared), ("strict", CheckedRule.Shared));

    private static readonly Shape Custom = new(
        ("name!", CheckedRule.Shared), ("description", CheckedRule.Shared), ("format", CheckedRule.Shared));

    private readonly ListRule _list = new(new Item());

    public override bool Read(ref JsonWalk walk) => _list.Read(ref walk);

    private sealed class Item : Rule
    {
        public override bool Read(ref JsonWalk walk)
        {
            if (walk.Token != JsonTokenType.StartObject)
            {
                return walk.FailKind("an object");
            }

            var start = walk.Position;
            string type = "", functionName = "", customName = "", unknown = "";
            var fields = walk.BeginObject();
            while (walk.NextField(Tool, ref fields, out var field))
            {
                var read = field switch
                {
                    0 => ToolDefinitions.TryName(ref walk, out type),
                    1 => ReadNamed(ref walk, Function, out functionName),
                    2 => ReadNamed(ref walk, Custom, out customName),
                    _ => walk.Check(out _),
                };
                if (!read)
                {
                    return false;
                }

                unknown = field < 0 && unknown.Length == 0 ? walk.Path() : unknown;
            }

            if (walk.Fault is not null)
            {
                return false;
            }

            // The type may come last, so only now is it known whether other fields belong here.
            var isOurs = type is "function" or "custom";
            if (isOurs && unknown.Length > 0)
            {
                return walk.FailAt(unknown, WireCause.UnknownField, "is a field that this gateway does not know");
            }

            var name = type switch { "function" => functionName, "custom" => customName, _ => type };
            return name.Length == 0
                ? walk.Fail(WireCause.MissingField, $"has no field '{type}'")
                : ToolDefinitions.Add(ref walk, name, walk.Since(start), runByProvider: !isOurs);
        }

        private static bool ReadNamed(ref JsonWalk walk, Shape shape, out string name)
        {
            name = "";
            if (walk.Token != JsonTokenType.StartObject)
            {
                return walk.FailKind("an object");
            }

            var fields = walk.BeginObject();
            while (walk.NextField(shape, ref fields, out var field))
            {
                if (!(field == 0 ? ToolDefinitions.TryName(ref walk, out name) : walk.Check(out _)))
                {
                    return false;
                }
            }

            return walk.Fault is null;
        }
    }
}

/// <summary>The array <c>functions</c>, which <c>tools</c> replaced.</summary>
internal sealed class FunctionsRule : Rule
{
    private static readonly Shape Function = new(
        ("name!", CheckedRule.Shared), ("description", CheckedRule.Shared), ("parameters", CheckedRule.Shared));

    private readonly ListRule _list = new(new Item());

    public override bool Read(ref JsonWalk walk) => _list.Read(ref walk);

    private sealed class Item : Rule
    {
        public override bool Read(ref JsonWalk walk)
        {
            if (walk.Token != JsonTokenType.StartObject)
            {
                return walk.FailKind("an object");
            }

            var start = walk.Position;
            var name = "";
            var fields = walk.BeginObject();
            while (walk.NextField(Function, ref fields, out var field))
            {
                if (!(field == 0 ? ToolDefinitions.TryName(ref walk, out name) : walk.Check(out _)))
                {
                    return false;
                }
            }

            return walk.Fault is null && ToolDefinitions.Add(ref walk, name, walk.Since(start), runByProvider: false);
        }
    }
}

/// <summary>
/// <c>web_search_options</c>: the field lets the provider search by itself, which is an effect that never passes the gateway. The field's
/// words are content.
/// </summary>
internal sealed class WebSearchRule : Rule
{
    /// <summary>The name under which an agreement registers the provider's search.</summary>
    public const string ToolName = "web_search_options";

    private readonly ObjectRule _options = new(new Shape(
        ("search_context_size", new SettingRule("low", "medium", "high")),
        ("user_location", new ObjectRule(new Shape(
            ("type", new SettingRule("approximate")),
            ("approximate", new ObjectRule(new Shape(
                ("city", TextRule.Shared),
                ("country", TextRule.Shared),
                ("region", TextRule.Shared),
                ("timezone", TextRule.Shared)))))))));

    public override bool Read(ref JsonWalk walk)
    {
        if (walk.Token == JsonTokenType.Null)
        {
            return true;
        }

        var start = walk.Position;
        return _options.Read(ref walk) && ToolDefinitions.Add(ref walk, ToolName, walk.Since(start), runByProvider: true);
    }
}
