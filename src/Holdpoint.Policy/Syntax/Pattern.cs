using System.Collections.Immutable;
using System.Text;

namespace Holdpoint.Policy.Syntax;

/// <summary>The right side of <c>like</c>: texts with a wildcard between each two, which stands for any text, also none.</summary>
public sealed class Pattern : IEquatable<Pattern>
{
    /// <summary>A pattern of these texts, which stand for themselves.</summary>
    /// <exception cref="ArgumentException">There are none; one text is a pattern without a wildcard.</exception>
    public Pattern(ImmutableArray<string> segments)
    {
        Segments = segments is { IsDefaultOrEmpty: false }
            ? segments
            : throw new ArgumentException("A pattern has one segment at least.", nameof(segments));
    }

    /// <summary>The texts between the wildcards; may be empty ones.</summary>
    public ImmutableArray<string> Segments { get; }

    /// <summary>
    /// Whether the whole of <paramref name="text"/> fits the pattern. Takes time proportional to the product of both lengths at worst.
    /// </summary>
    /// <remarks>
    /// Cedar compares code points. As a wildcard stands for any text, and UTF-16 never finds one character inside another, comparing
    /// code units gives the same answer.
    /// </remarks>
    public bool Matches(ReadOnlySpan<char> text)
    {
        var first = Segments[0].AsSpan();
        if (Segments.Length == 1)
        {
            return text.SequenceEqual(first);
        }

        var last = Segments[^1].AsSpan();
        if (text.Length < first.Length + last.Length || !text.StartsWith(first) || !text.EndsWith(last))
        {
            return false;
        }

        // The leftmost place for each segment leaves the most room for those after it.
        var rest = text[first.Length..^last.Length];
        foreach (var segment in Segments.AsSpan()[1..^1])
        {
            var at = rest.IndexOf(segment);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(at + segment.Length)..];
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Pattern? other) => other is not null && Segments.SequenceEqual(other.Segments);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Pattern);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Segments.Length, Segments[0], Segments[^1]);

    /// <summary>The pattern as a Cedar literal, quotes included.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("\"");
        for (var i = 0; i < Segments.Length; i++)
        {
            text.Append(i == 0 ? "" : "*");
            var escaped = new StringBuilder();
            CedarText.AppendEscaped(escaped, Segments[i]);
            text.Append(escaped.Replace("*", @"\*"));
        }

        return text.Append('"').ToString();
    }
}
