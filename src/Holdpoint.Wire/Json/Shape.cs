namespace Holdpoint.Wire.Json;

/// <summary>
/// The fields that one kind of JSON object may have, with the rule of each. At most 64 fields, so that one word records the fields seen.
/// </summary>
internal sealed class Shape
{
    private readonly byte[][] _names;
    private readonly Rule[] _rules;

    /// <param name="others">The rule for fields of other names; null refuses such fields.</param>
    /// <param name="fields">Name and rule of each field; a name that ends in <c>!</c> is required.</param>
    public Shape(Rule? others, params (string Name, Rule Rule)[] fields)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fields.Length, 64);
        Others = others;
        _names = [.. fields.Select(f => System.Text.Encoding.UTF8.GetBytes(f.Name.TrimEnd('!')))];
        _rules = [.. fields.Select(f => f.Rule)];
        for (var i = 0; i < fields.Length; i++)
        {
            Required |= fields[i].Name.EndsWith('!') ? 1UL << i : 0;
        }
    }

    /// <summary>A shape that refuses fields of other names.</summary>
    public Shape(params (string Name, Rule Rule)[] fields)
        : this(null, fields)
    {
    }

    public Rule? Others { get; }

    /// <summary>The required fields, a bit for each index.</summary>
    public ulong Required { get; }

    public Rule this[int field] => _rules[field];

    public string NameOf(int field) => System.Text.Encoding.UTF8.GetString(_names[field]);

    /// <summary>Index of the field of that decoded name; -1 when there is none. Comparing lengths first makes the scan cheap.</summary>
    public int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (_names[i].Length == name.Length && name.SequenceEqual(_names[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
