using System.Text.Json;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Json;

/// <content>Scopes. As in Cedar, members of them that nobody knows are passed over.</content>
internal sealed partial class PolicyJsonReader
{
    private static readonly string[] ScopeMembers = ["op", "entity", "entities", "slot", "entity_type", "in"];

    private ScopeConstraint? ReadScope(string variable, JsonElement element)
    {
        switch (ReadText(element, "op"))
        {
            case "All" or "all":
                return HasNoOtherForm(element, "op") ? new ScopeConstraint.Any() : null;
            case "==":
                return HasNoOtherForm(element, "op", "entity", "slot") && ReadReference(variable, element) is { } equal
                    ? new ScopeConstraint.Equal(equal)
                    : null;
            case "in":
                return HasNoOtherForm(element, "op", "entity", "slot") && ReadReference(variable, element) is { } ancestor
                    ? new ScopeConstraint.In(ancestor)
                    : null;
            case "is":
                return HasNoOtherForm(element, "op", "entity_type", "in") ? ReadIs(variable, element) : null;
            case not null:
                json.Fail("`op` is `All`, `==`, `in` or `is`");
                return null;
            default:
                return null;
        }
    }

    private ScopeConstraint? ReadIs(string variable, JsonElement element)
    {
        if (ReadTypeName(element) is not { } type)
        {
            return null;
        }

        if (!element.TryGetProperty("in", out var inside) || inside.ValueKind == JsonValueKind.Null)
        {
            return new ScopeConstraint.Is(type);
        }

        return json.At(".in", () => HasNoOtherForm(inside, "entity", "slot") ? ReadReference(variable, inside) : null) is { } ancestor
            ? new ScopeConstraint.IsIn(type, ancestor)
            : null;
    }

    private string? ReadTypeName(JsonElement element)
    {
        if (ReadText(element, "entity_type") is not { } type)
        {
            return null;
        }

        if (CedarText.IsTypeName(type))
        {
            return type;
        }

        json.Fail("`entity_type` is not the name of a type");
        return null;
    }

    private EntityReference? ReadReference(string variable, JsonElement element)
    {
        if (element.TryGetProperty("slot", out var slot))
        {
            if (slot.ValueKind == JsonValueKind.String && slot.ValueEquals($"?{variable}") && !element.TryGetProperty("entity", out _))
            {
                return new EntityReference.Slot();
            }

            json.Fail($"the slot of `{variable}` is `?{variable}`, and stands without an entity");
            return null;
        }

        return json.Field(element, "entity") is { } entity && json.At(".entity", () => json.ReadUid(entity)) is { } uid
            ? new EntityReference.Known(uid)
            : null;
    }

    private ActionConstraint? ReadAction(JsonElement element)
    {
        switch (ReadText(element, "op"))
        {
            case "All" or "all":
                return HasNoOtherForm(element, "op") ? new ActionConstraint.Any() : null;
            case "==":
                return HasNoOtherForm(element, "op", "entity") && ReadActionUid(element) is { } equal
                    ? new ActionConstraint.Equal(equal)
                    : null;
            case "in" when element.TryGetProperty("entities", out _):
                return HasNoOtherForm(element, "op", "entities")
                    && Inside(element, "entities", e => ReadAll(e, ReadActionValue)) is { } actions
                    ? new ActionConstraint.In([.. actions.Select(a => a.Uid)])
                    : null;
            case "in":
                return HasNoOtherForm(element, "op", "entity") && ReadActionUid(element) is { } only
                    ? new ActionConstraint.In([only])
                    : null;
            case not null:
                json.Fail("`op` is `All`, `==` or `in`");
                return null;
            default:
                return null;
        }
    }

    private EntityUid? ReadActionUid(JsonElement element) => Inside(element, "entity", ReadActionValue)?.Uid;

    private EntityValue? ReadActionValue(JsonElement element)
    {
        if (json.ReadUid(element) is not { } uid)
        {
            return null;
        }

        if (!uid.IsAction)
        {
            json.Fail($"{uid} is not an action");
            return null;
        }

        return Value.Of(uid);
    }

    /// <summary>
    /// Whether no member of another form of scope stands beside those of this one, for it would be passed over with its meaning.
    /// </summary>
    private bool HasNoOtherForm(JsonElement element, params ReadOnlySpan<string> names)
    {
        if (!IsObject(element))
        {
            return false;
        }

        foreach (var member in ScopeMembers)
        {
            if (!names.Contains(member) && element.TryGetProperty(member, out _))
            {
                json.Fail($"there is no member `{member}` here");
                return false;
            }
        }

        return true;
    }
}
