using System.Collections.Immutable;

namespace Holdpoint.Policy;

/// <summary>A Cedar <c>Set</c>: distinct values of any mixture of types; order has no meaning.</summary>
public sealed class SetValue : Value
{
    // Up to here a scan beats hashing; the sets of a situation have a handful of elements.
    private const int ScanUpTo = 8;

    private readonly HashSet<Value>? _index;

    private SetValue(ImmutableArray<Value> elements, HashSet<Value>? index)
    {
        Elements = elements;
        _index = index;
    }

    /// <summary>The empty set.</summary>
    public static SetValue Empty { get; } = new([], null);

    /// <summary>The distinct elements, in the order in which they were first given.</summary>
    public ImmutableArray<Value> Elements { get; }

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Set;

    /// <summary>Whether <paramref name="value"/> is an element.</summary>
    public bool Contains(Value value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (_index is not null)
        {
            return _index.Contains(value);
        }

        foreach (var element in Elements)
        {
            if (element.Equals(value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether every element of <paramref name="other"/> is an element of this set.</summary>
    public bool ContainsAll(SetValue other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Elements.Length > Elements.Length)
        {
            return false;
        }

        foreach (var element in other.Elements)
        {
            if (!Contains(element))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether any element of <paramref name="other"/> is an element of this set.</summary>
    public bool ContainsAny(SetValue other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var element in other.Elements)
        {
            if (Contains(element))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override bool Equals(Value? other) =>
        ReferenceEquals(this, other)
        || (other is SetValue that && that.Elements.Length == Elements.Length && ContainsAll(that));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // Equal sets may list their elements in any order, so the combination must not depend on it.
        var sum = Elements.Length;
        foreach (var element in Elements)
        {
            sum = unchecked(sum + (element.GetHashCode() * 486_187_739));
        }

        return sum;
    }

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", Elements)}]";

    internal static SetValue Create(IEnumerable<Value> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        var distinct = ImmutableArray.CreateBuilder<Value>();
        HashSet<Value>? index = null;
        foreach (var element in elements)
        {
            ArgumentNullException.ThrowIfNull(element, nameof(elements));
            if (index is null && distinct.Count == ScanUpTo)
            {
                index = [.. distinct];
            }

            if (index?.Add(element) ?? !distinct.Contains(element))
            {
                distinct.Add(element);
            }
        }

        return distinct.Count == 0 ? Empty : new SetValue(distinct.DrainToImmutable(), index);
    }
}
