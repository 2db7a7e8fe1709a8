using System.Globalization;

namespace Holdpoint.Policy.Validation.Texts;

/// <summary>A property of code points, from a resource of lines <c>0041-005A value</c> in ascending order.</summary>
internal sealed class CodePointRanges
{
    private readonly int[] _starts;
    private readonly int[] _ends;
    private readonly string[] _values;

    private CodePointRanges(List<(int Start, int End, string Value)> ranges)
    {
        _starts = [.. ranges.Select(r => r.Start)];
        _ends = [.. ranges.Select(r => r.End)];
        _values = [.. ranges.Select(r => r.Value)];
    }

    public static CodePointRanges Read(string resource)
    {
        using var stream = typeof(CodePointRanges).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is missing.");
        using var reader = new StreamReader(stream);
        var ranges = new List<(int, int, string)>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var blank = line.IndexOf(' ', StringComparison.Ordinal) is var at and >= 0 ? at : line.Length;
            var range = line.AsSpan(0, blank);
            var dash = range.IndexOf('-');
            var start = int.Parse(dash < 0 ? range : range[..dash], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            var end = dash < 0 ? start : int.Parse(range[(dash + 1)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            ranges.Add((start, end, line[Math.Min(blank + 1, line.Length)..]));
        }

        return new(ranges);
    }

    /// <summary>The value of the range that the code point is in; null when it is in none.</summary>
    public string? Find(int codePoint)
    {
        var at = Array.BinarySearch(_starts, codePoint);
        at = at < 0 ? ~at - 1 : at;
        return at >= 0 && codePoint <= _ends[at] ? _values[at] : null;
    }
}
