using System.Collections.Immutable;
using System.Text.Json;
using Holdpoint.Evidence.Json;

namespace Holdpoint.Evidence.Predicates;

/// <summary>
/// <c>authority/v1</c>: a legal authority. It names the agreement, the deployment and the principals that may rely on it, and covers only
/// data that its <see cref="Selectors"/> match. It must expire.
/// </summary>
public sealed class Authority : Predicate
{
    /// <summary>The maximum number of principals of one authority.</summary>
    public const int MaxPrincipals = 1_000;

    /// <inheritdoc/>
    public override PredicateType Type => PredicateType.Authority;

    /// <summary>The agreement's name.</summary>
    public required string Agreement { get; init; }

    /// <summary>The one deployment that may rely on the authority.</summary>
    public required string Deployment
    {
        get;
        init
        {
            field = value;
            Deployments = [value];
        }
    }

    /// <summary>The principals that may rely on the authority, at least one; nobody else.</summary>
    public required ImmutableArray<string> Principals { get; init; }

    /// <summary>The legal basis, a value of the vocabulary; null is unknown.</summary>
    public string? Basis { get; init; }

    /// <summary>The case or order that the authority belongs to, for people and for the record; null when not said.</summary>
    public string? Case { get; init; }

    /// <summary>The permitted purpose of the answer, a value of the vocabulary; null is unknown.</summary>
    public string? Purpose { get; init; }

    /// <summary>The selectors of the covered data; <see cref="Selectors.None"/> covers nothing.</summary>
    public Selectors Selectors { get; init; } = Selectors.None;

    internal static Authority Read(Fields fields, Faults faults)
    {
        var principals = fields.Texts("principals", MaxPrincipals);
        if (principals.IsDefault)
        {
            faults.Add($"{fields.PathOf("principals")} is missing");
        }

        return new()
        {
            Agreement = fields.RequiredText("agreement"),
            Deployment = fields.RequiredText("deployment"),
            Principals = principals.IsDefault ? [] : principals,
            Basis = fields.Text("basis"),
            Case = fields.Text("case"),
            Purpose = fields.Text("purpose"),
            Selectors = fields.Take("selectors") is { } selectors ? Selectors.Read(selectors, faults) : Selectors.None,
            Validity = Validity.Read(fields, faults, mustExpire: true),
        };
    }

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        WriteText(json, "agreement", Agreement);
        WriteText(json, "deployment", Deployment);
        WriteTexts(json, "principals", Principals);
        WriteText(json, "basis", Basis);
        WriteText(json, "case", Case);
        WriteText(json, "purpose", Purpose);
        if (!Selectors.IsNone)
        {
            json.WriteStartObject("selectors"u8);
            WriteTexts(json, "datasets", [.. Selectors.Datasets.Select(d => d.ToString())]);
            WriteTexts(json, "classes", Selectors.Classes);
            WriteTexts(json, "origins", Selectors.Origins);
            json.WriteEndObject();
        }

        Validity.WriteMembers(json);
    }
}
