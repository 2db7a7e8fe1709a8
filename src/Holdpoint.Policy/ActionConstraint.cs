using System.Collections.Immutable;

namespace Holdpoint.Policy;

/// <summary>What a policy's scope asks of the action. Closed: every case is declared here.</summary>
public abstract record ActionConstraint
{
    private ActionConstraint()
    {
    }

    /// <summary>Nothing: any action.</summary>
    public sealed record Any : ActionConstraint;

    /// <summary><c>== action</c></summary>
    public sealed record Equal(EntityUid Action) : ActionConstraint;

    /// <summary><c>in action</c> or <c>in [action, …]</c>: in any of them.</summary>
    public sealed record In(ImmutableArray<EntityUid> Actions) : ActionConstraint
    {
        /// <inheritdoc/>
        public bool Equals(In? other) => other is not null && Actions.SequenceEqual(other.Actions);

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var action in Actions)
            {
                hash.Add(action);
            }

            return hash.ToHashCode();
        }
    }
}
