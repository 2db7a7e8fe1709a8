namespace Holdpoint.Cli.Holds;

/// <summary>A hold's id as a command gets it: it becomes part of a URL, so nothing else will do.</summary>
internal static class HoldIdArgument
{
    /// <exception cref="CommandFailureException">It is no hold's id.</exception>
    public static string Parse(string text) =>
        text.Length == 37 && text.StartsWith("hold_", StringComparison.Ordinal) && text.AsSpan(5).IndexOfAnyExcept("0123456789abcdef") < 0
            ? text
            : throw CommandFailureException.Usage("a hold's id is hold_ and 32 hex digits, as `holds list` and the answer that held the call give it");
}
