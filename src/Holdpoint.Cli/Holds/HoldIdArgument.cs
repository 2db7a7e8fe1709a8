using System.Buffers;

namespace Holdpoint.Cli.Holds;

/// <summary>A hold's id as a command gets it: it becomes part of a URL, so nothing else will do.</summary>
internal static class HoldIdArgument
{
    private const string Prefix = "hold_";
    private const int HexLength = 32;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <exception cref="CommandFailureException">It is no hold's id.</exception>
    public static string Parse(string text) =>
        text.Length == Prefix.Length + HexLength && text.StartsWith(Prefix, StringComparison.Ordinal)
            && !text.AsSpan(Prefix.Length).ContainsAnyExcept(HexDigits)
            ? text
            : throw CommandFailureException.Usage(
                "a hold's id is hold_ and 32 hex digits, as `holds list` and the answer that held the call give it");
}
