using System.Text.Json;
using Holdpoint.Wire.Json;
using static Holdpoint.Wire.OpenAi.SharedFields;

namespace Holdpoint.Wire.OpenAi.Responses;

/// <summary>What of an input item must be in the body, so that the item is more than the id of what the provider keeps.</summary>
internal enum Present
{
    /// <summary>One of the fields is not null: what it holds may be empty, such as the output of a tool that printed nothing.</summary>
    Given,

    /// <summary>One of the fields has a text in it.</summary>
    Said,
}

/// <summary>The fields that every input item may have.</summary>
internal static class ItemShapes
{
    private static readonly Rule Caller = new ObjectRule(new Shape(
        ("type", new SettingRule("direct", "program")),
        ("caller_id", TextRule.Shared)));

    /// <param name="id">The rule of the id.</param>
    /// <param name="fields">The fields of that type of item.</param>
    public static ObjectRule Of(Rule id, (string Name, Rule Rule)[] fields) => new(new Shape(
    [
        ("type", CheckedRule.Shared),
        ("id", id),
        ("status", new SettingRule(
            "in_progress", "searching", "interpreting", "generating", "calling", "completed", "incomplete", "failed")),
        ("caller", Caller),
        ("created_by", TextRule.Shared),
        .. fields,
    ]));
}

/// <summary>
/// An item for which the provider keeps, under its id, the fields that the client leaves out: with an id, the item must have one of those
/// fields.
/// </summary>
internal sealed class SelfContainedRule(Rule item, Present present, string[] fields) : Rule
{
    public override bool Read(ref JsonWalk walk)
    {
        var isWhole = !walk.Has("id");
        foreach (var field in fields)
        {
            isWhole |= present == Present.Said ? walk.Says(field) : walk.IsGiven(field);
        }

        return isWhole
            ? item.Read(ref walk)
            : walk.Fail(WireCause.ContentNotInBody, $"refers to content that is not in the body: it has no field '{fields[0]}'");
    }
}

/// <summary>
/// A message. With an id it must have content; content without a text could be what the provider is to look up, so the id is then noted.
/// </summary>
internal sealed class MessageRule(params (string Name, Rule Rule)[] fields) : Rule
{
    private readonly SelfContainedRule _whole = new(ItemShapes.Of(TextRule.Shared, fields), Present.Given, ["content"]);
    private readonly SelfContainedRule _empty = new(ItemShapes.Of(ReferenceRule.Shared, fields), Present.Given, ["content"]);

    public override bool Read(ref JsonWalk walk) => (walk.Says("content") ? _whole : _empty).Read(ref walk);
}

/// <summary>A request of a server's tool to be approved. Its id is noted: what is approved is what the provider keeps under it.</summary>
internal sealed class ApprovalRequestRule : Rule
{
    private readonly SelfContainedRule _item = new(
        ItemShapes.Of(
            ReferenceRule.Shared, [("server_label", TextRule.Shared), ("name", TextRule.Shared), ("arguments", TextRule.Shared)]),
        Present.Said,
        ["name"]);

    public override bool Read(ref JsonWalk walk)
    {
        if (walk.Peek("id"u8) is { } id)
        {
            (walk.Harvest.ApprovalRequests ??= new HashSet<string>(StringComparer.Ordinal)).Add(id);
        }

        return _item.Read(ref walk);
    }
}

/// <summary>An answer to such a request, which must be in the body before it: nobody sees what is approved otherwise.</summary>
internal sealed class ApprovalResponseRule : Rule
{
    private readonly ObjectRule _item = ItemShapes.Of(
        TextRule.Shared, [("approval_request_id", TextRule.Shared), ("approve", Setting), ("reason", TextRule.Shared)]);

    public override bool Read(ref JsonWalk walk) =>
        walk.Peek("approval_request_id"u8) is { } id && walk.Harvest.ApprovalRequests?.Contains(id) == true
            ? _item.Read(ref walk)
            : walk.Fail(WireCause.ContentNotInBody, "refers to content that is not in the body: the request that it approves or refuses");
}

/// <summary>The place where a shell runs: the client's machine, or a container that the provider keeps, with files in it.</summary>
internal sealed class EnvironmentRule : Rule
{
    public override bool Read(ref JsonWalk walk) =>
        walk.Token == JsonTokenType.StartObject && (walk.Has("container_id") || walk.Peek("type"u8) is "container_reference")
            ? NotInBodyRule.Shared.Read(ref walk)
            : AnyJsonRule.Shared.Read(ref walk);
}
