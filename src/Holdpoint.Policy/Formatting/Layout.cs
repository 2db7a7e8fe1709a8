using System.Collections.Immutable;

namespace Holdpoint.Policy.Formatting;

/// <summary>
/// A text with the places where its lines may be broken. A group stands in one line where it fits, and is broken at all its places
/// where it does not.
/// </summary>
internal abstract record Layout
{
    /// <summary>More than any line has; small enough to add up.</summary>
    private const int Unbroken = 1 << 28;

    private Layout(int width, bool endsInComment = false)
    {
        Width = Math.Min(width, Unbroken);
        EndsInComment = endsInComment;
    }

    public static Layout Empty { get; } = new Sequence([]);

    /// <summary>A blank; nothing at the end of a line.</summary>
    public static Layout Blank { get; } = new BlankCase();

    /// <summary>A blank, or a break of the line.</summary>
    public static Layout Line { get; } = new LineCase(IsBlank: true);

    /// <summary>Nothing, or a break of the line.</summary>
    public static Layout SoftLine { get; } = new LineCase(IsBlank: false);

    /// <summary>A new line in any case.</summary>
    public static Layout NewLine { get; } = new NewLineCase(IsApart: false);

    /// <summary>A blank line.</summary>
    public static Layout BlankLine { get; } = new NewLineCase(IsApart: true);

    /// <summary>The columns of it in one line, without a comment at its end; more than any line has where it cannot stand in one.</summary>
    public int Width { get; }

    /// <summary>Whether the line is over after it.</summary>
    public bool EndsInComment { get; }

    public static Layout Of(params ImmutableArray<Layout> parts) => new Sequence(parts);

    public static Layout Group(params ImmutableArray<Layout> parts) => new GroupCase(new Sequence(parts));

    public static Layout Indent(int by, params ImmutableArray<Layout> parts) => new IndentCase(by, new Sequence(parts));

    public sealed record Text(string Content) : Layout(Content.Length);

    /// <summary>A comment, after which its line ends. In a line of its own, the line before it ends too.</summary>
    public sealed record Comment(string Content, bool IsOwnLine) : Layout(IsOwnLine ? Unbroken : 0, endsInComment: true);

    public sealed record BlankCase() : Layout(1);

    public sealed record LineCase(bool IsBlank) : Layout(IsBlank ? 1 : 0);

    public sealed record NewLineCase(bool IsApart) : Layout(Unbroken);

    public sealed record Sequence(ImmutableArray<Layout> Parts)
        : Layout(WidthOf(Parts), Parts.LastOrDefault(p => !p.IsEmpty)?.EndsInComment ?? false);

    public sealed record IndentCase(int By, Layout Inner) : Layout(Inner.Width, Inner.EndsInComment);

    public sealed record GroupCase(Layout Inner) : Layout(Inner.Width, Inner.EndsInComment);

    private bool IsEmpty => this switch
    {
        Sequence(var parts) => parts.All(p => p.IsEmpty),
        IndentCase(_, var inner) => inner.IsEmpty,
        GroupCase(var inner) => inner.IsEmpty,
        _ => false,
    };

    private static int WidthOf(ImmutableArray<Layout> parts)
    {
        var (width, isLineOver) = (0, false);
        foreach (var part in parts)
        {
            if (!part.IsEmpty)
            {
                width = isLineOver ? Unbroken : Math.Min(width + part.Width, Unbroken);
                isLineOver = part.EndsInComment;
            }
        }

        return width;
    }
}
