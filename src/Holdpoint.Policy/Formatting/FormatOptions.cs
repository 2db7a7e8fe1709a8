namespace Holdpoint.Policy.Formatting;

/// <summary>How <see cref="PolicyFormatter"/> lays policies out. The defaults are those of Cedar's own formatter.</summary>
public sealed record FormatOptions
{
    /// <summary>The options used where none are given.</summary>
    public static FormatOptions Default { get; } = new();

    /// <summary>Columns that a line should not pass; what cannot be broken still does. Default 80; at least 1.</summary>
    public int LineWidth
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A line has at least one column.");
    } = 80;

    /// <summary>Blanks before what stands inside something else. Default 2; 0 to 16.</summary>
    public int IndentWidth
    {
        get;
        init => field = value is >= 0 and <= 16
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "An indentation is 0 to 16 blanks.");
    } = 2;
}
