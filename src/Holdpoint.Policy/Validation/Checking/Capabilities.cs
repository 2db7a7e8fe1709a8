using System.Collections.Immutable;

namespace Holdpoint.Policy.Validation.Checking;

/// <summary>What is known to be there when an expression is true. Immutable.</summary>
internal readonly struct Capabilities
{
    private readonly ImmutableHashSet<Capability>? _known;

    private Capabilities(ImmutableHashSet<Capability> known) => _known = known;

    public static Capabilities Of(Capability one) => new([one]);

    public bool Has(Capability one) => _known is not null && _known.Contains(one);

    /// <summary>What either knows.</summary>
    public Capabilities Or(Capabilities other)
    {
        if (other._known is null || ReferenceEquals(_known, other._known))
        {
            return this;
        }

        if (_known is null)
        {
            return other;
        }

        // The few are added to the many: a chain of && would cost the square of its length otherwise.
        return new(_known.Count < other._known.Count ? other._known.Union(_known) : _known.Union(other._known));
    }

    /// <summary>What both know.</summary>
    public Capabilities And(Capabilities other) =>
        _known is null || other._known is null ? default
        : new(_known.Count < other._known.Count ? _known.Intersect(other._known) : other._known.Intersect(_known));
}
