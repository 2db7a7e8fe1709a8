using System.Text;

namespace Holdpoint.Wire.Json;

/// <summary>A fixed set of short ASCII names, looked up without allocating. Immutable and thread-safe.</summary>
internal sealed class NameTable
{
    private readonly byte[][][] _byLength;

    public NameTable(params string[] names)
    {
        _byLength = new byte[names.Max(name => name.Length) + 1][][];
        for (var length = 0; length < _byLength.Length; length++)
        {
            _byLength[length] = [.. names.Where(name => name.Length == length).Select(Encoding.ASCII.GetBytes)];
        }
    }

    public bool Contains(ReadOnlySpan<byte> name)
    {
        if (name.Length >= _byLength.Length)
        {
            return false;
        }

        foreach (var known in _byLength[name.Length])
        {
            if (name.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }
}
