using System.Diagnostics.CodeAnalysis;
using System.Text;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy;

/// <summary>A Cedar record: named values.</summary>
public sealed class RecordValue : Value
{
    // Up to here looking at each name in turn beats a binary search: most names differ in their length already.
    private const int ScanUpTo = 16;

    // Only the record of a RecordBuffer is written after it was made, and only by that buffer. Its arrays may be longer than it.
    private string[] _names;
    private Value[] _values;

    private RecordValue(string[] names, Value[] values)
    {
        _names = names;
        _values = values;
        Count = names.Length;
    }

    /// <summary>The record without fields.</summary>
    public static RecordValue Empty { get; } = new([], []);

    /// <summary>The number of fields.</summary>
    public int Count { get; private set; }

    /// <summary>The fields, in the ordinal order of their names.</summary>
    public IEnumerable<KeyValuePair<string, Value>> Fields
    {
        get
        {
            for (var i = 0; i < Count; i++)
            {
                yield return new(_names[i], _values[i]);
            }
        }
    }

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Record;

    /// <summary>The value of a field; false when the record has no field of that name.</summary>
    public bool TryGetValue(string name, [NotNullWhen(true)] out Value? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        var at = IndexOf(name);
        value = at < 0 ? null : _values[at];
        return at >= 0;
    }

    /// <summary>Whether the record has a field of that name.</summary>
    public bool Has(string name) => IndexOf(name) >= 0;

    /// <inheritdoc/>
    public override bool Equals(Value? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is not RecordValue that || that.Count != Count)
        {
            return false;
        }

        for (var i = 0; i < Count; i++)
        {
            if (_names[i] != that._names[i] || !_values[i].Equals(that._values[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        for (var i = 0; i < Count; i++)
        {
            hash.Add(_names[i], StringComparer.Ordinal);
            hash.Add(_values[i]);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder("{");
        for (var i = 0; i < Count; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(CedarText.Quote(_names[i])).Append(": ").Append(_values[i]);
        }

        return text.Append('}').ToString();
    }

    /// <returns>Null when two fields have the same name, which <paramref name="duplicate"/> then gives.</returns>
    internal static RecordValue? TryCreate(IEnumerable<KeyValuePair<string, Value>> fields, out string? duplicate)
    {
        ArgumentNullException.ThrowIfNull(fields);
        KeyValuePair<string, Value>[] pairs = [.. fields];
        var names = new string[pairs.Length];
        var values = new Value[pairs.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(pairs[i].Key, nameof(fields));
            ArgumentNullException.ThrowIfNull(pairs[i].Value, nameof(fields));
            (names[i], values[i]) = pairs[i];
        }

        Array.Sort(names, values, StringComparer.Ordinal);
        for (var i = 1; i < names.Length; i++)
        {
            if (names[i] == names[i - 1])
            {
                duplicate = names[i];
                return null;
            }
        }

        duplicate = null;
        return names.Length == 0 ? Empty : new RecordValue(names, values);
    }

    internal static RecordValue Create(IEnumerable<KeyValuePair<string, Value>> fields) =>
        TryCreate(fields, out var duplicate)
        ?? throw new ArgumentException($"The field `{duplicate}` is given twice.", nameof(fields));

    /// <summary>The field at a position of the order of <see cref="Fields"/>; allocates nothing.</summary>
    internal (string Name, Value Value) At(int index) => (_names[index], _values[index]);

    /// <summary>An empty record that a <see cref="RecordBuffer"/> writes: the one kind of record that changes.</summary>
    internal static RecordValue CreateWritable() => new([], []);

    /// <summary>Adds a field at its place in the order; of a writable record only.</summary>
    internal void Insert(string name, Value value)
    {
        if (Count == _names.Length)
        {
            var room = Math.Max(4, 2 * Count);
            Array.Resize(ref _names, room);
            Array.Resize(ref _values, room);
        }

        var at = Count;
        if (at > 0 && string.CompareOrdinal(_names[at - 1], name) >= 0)
        {
            at = ~Array.BinarySearch(_names, 0, Count, name, StringComparer.Ordinal);
            if (at < 0)
            {
                throw new ArgumentException($"The field `{name}` is given twice.", nameof(name));
            }

            Array.Copy(_names, at, _names, at + 1, Count - at);
            Array.Copy(_values, at, _values, at + 1, Count - at);
        }

        (_names[at], _values[at]) = (name, value);
        Count++;
    }

    /// <summary>Takes all fields out; of a writable record only.</summary>
    internal void Clear()
    {
        Array.Clear(_values, 0, Count);
        Count = 0;
    }

    private int IndexOf(string name)
    {
        var (names, count) = (_names, Count);
        if (count > ScanUpTo)
        {
            return Array.BinarySearch(names, 0, count, name, StringComparer.Ordinal);
        }

        for (var i = 0; i < count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}
