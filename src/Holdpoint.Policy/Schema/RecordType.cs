using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <summary>The type of a record: closed, so that a value has no other attributes than these.</summary>
public sealed record RecordType : CedarType
{
    private readonly string[] _names;
    private readonly AttributeType[] _types;

    /// <summary>A record of these attributes.</summary>
    /// <exception cref="ArgumentException">Two attributes have one name.</exception>
    public RecordType(params IEnumerable<KeyValuePair<string, AttributeType>> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        KeyValuePair<string, AttributeType>[] sorted = [.. attributes.OrderBy(a => a.Key, StringComparer.Ordinal)];
        Attributes = ImmutableArray.Create(sorted);
        _names = Array.ConvertAll(sorted, a => a.Key);
        _types = Array.ConvertAll(sorted, a => a.Value);
        for (var i = 1; i < _names.Length; i++)
        {
            if (_names[i] == _names[i - 1])
            {
                throw new ArgumentException($"The attribute `{_names[i]}` is given twice.", nameof(attributes));
            }
        }
    }

    /// <summary>The record without attributes.</summary>
    public static RecordType Empty { get; } = new();

    /// <summary>The attributes, in the ordinal order of their names.</summary>
    public ImmutableArray<KeyValuePair<string, AttributeType>> Attributes { get; }

    /// <summary>The attribute of that name; false when values have none.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out AttributeType? attribute)
    {
        ArgumentNullException.ThrowIfNull(name);
        var at = Array.BinarySearch(_names, name, StringComparer.Ordinal);
        attribute = at < 0 ? null : _types[at];
        return at >= 0;
    }

    /// <inheritdoc/>
    public bool Equals(RecordType? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _names.AsSpan().SequenceEqual(other._names) && _types.AsSpan().SequenceEqual(other._types));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        for (var i = 0; i < _names.Length; i++)
        {
            hash.Add(_names[i], StringComparer.Ordinal);
            hash.Add(_types[i]);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{{{string.Join(", ", Attributes.Select(a => (CedarText.IsWord(a.Key) ? a.Key : CedarText.Quote(a.Key)) + a.Value))}}}";
}
