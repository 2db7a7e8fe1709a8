using System.Collections.Frozen;
using System.Text.Json;

namespace Holdpoint.Wire.Json;

/// <summary>An object whose field <c>type</c> determines its other fields; an object of unknown type is a fault.</summary>
/// <param name="cause">The cause of that fault.</param>
/// <param name="types">The rule of each type.</param>
internal sealed class TypedRule(string cause, params (string Type, Rule Rule)[] types) : Rule
{
    private readonly FrozenDictionary<string, Rule> _types = types.ToFrozenDictionary(t => t.Type, t => t.Rule, StringComparer.Ordinal);

    public override bool Read(ref JsonWalk walk) =>
        walk.Token != JsonTokenType.StartObject ? walk.FailKind("an object") : ReadAs(walk.Peek("type"u8), ref walk);

    /// <summary>Reads the object as one of that type, whatever its own <c>type</c>.</summary>
    public bool ReadAs(string? type, ref JsonWalk walk) =>
        type is null ? walk.Fail(WireCause.MissingField, "has no field 'type'")
        : _types.TryGetValue(type, out var rule) ? rule.Read(ref walk)
        : walk.Fail(cause, "is of a type that this gateway does not know");
}
