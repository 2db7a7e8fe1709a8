using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy;

/// <summary>
/// One <c>permit</c> or <c>forbid</c>, as written. Immutable. Two policies are equal when everything but their places in the text is.
/// </summary>
public sealed record Policy
{
    private static readonly ImmutableSortedDictionary<string, string> NoAnnotations =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The name that decisions call it by; unique in a set.</summary>
    public required string Id { get; init; }

    /// <summary>What the policy does when it applies.</summary>
    public required Effect Effect { get; init; }

    /// <summary>Annotations by name; the value is empty where none was written.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = NoAnnotations;

    /// <summary>What the scope asks of the principal.</summary>
    public ScopeConstraint Principal { get; init; } = new ScopeConstraint.Any();

    /// <summary>What the scope asks of the action.</summary>
    public ActionConstraint Action { get; init; } = new ActionConstraint.Any();

    /// <summary>What the scope asks of the resource.</summary>
    public ScopeConstraint Resource { get; init; } = new ScopeConstraint.Any();

    /// <summary>The conditions, all of which must let the policy apply; evaluated in this order until one does not.</summary>
    public ImmutableArray<Condition> Conditions { get; init; } = [];

    /// <summary>Where the policy stands in its text, from its first annotation to its semicolon.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>Where the scope says what it asks of the principal.</summary>
    public SourceSpan PrincipalSpan { get; init; }

    /// <summary>Where the scope says what it asks of the action.</summary>
    public SourceSpan ActionSpan { get; init; }

    /// <summary>Where the scope says what it asks of the resource.</summary>
    public SourceSpan ResourceSpan { get; init; }

    /// <summary>The policy with one more condition, after those that it has.</summary>
    public Policy WithCondition(Condition condition) => this with { Conditions = Conditions.Add(condition) };

    /// <inheritdoc/>
    public bool Equals(Policy? other) =>
        other is not null && Id == other.Id && Effect == other.Effect && Principal == other.Principal && Action == other.Action
        && Resource == other.Resource && Conditions.SequenceEqual(other.Conditions) && Annotations.SequenceEqual(other.Annotations);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Effect, Principal, Action, Resource, Conditions.Length);

    /// <summary>The Cedar text of the policy. The id is not part of it.</summary>
    public override string ToString() => PolicyPrinter.Print(this);

    internal bool HasSlot => Principal.HasSlot || Resource.HasSlot;
}
