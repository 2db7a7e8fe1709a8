using System.Text.RegularExpressions;

namespace Holdpoint.Wire;

/// <summary>Reads <c>Content-Type</c> values (RFC 9110 §8.3.1) as far as the gateway needs to.</summary>
internal static partial class MediaType
{
    private const int MaxChars = 100;

    /// <summary>Whether the type is <c>application/json</c>, with no parameter but <c>charset=utf-8</c>.</summary>
    public static bool IsJson(string? contentType) => Is(contentType, "application/json");

    /// <summary>Whether the type is <c>text/event-stream</c>, with no parameter but <c>charset=utf-8</c>.</summary>
    public static bool IsEventStream(string? contentType) => Is(contentType, "text/event-stream");

    /// <summary>
    /// Whether the type is one that a server writes an error in, with no parameter but a common <c>charset</c>: a value that can say
    /// nothing else.
    /// </summary>
    public static bool IsTextual(string? contentType) =>
        contentType is { Length: < MaxChars } && ErrorTypes().IsMatch(contentType);

    [GeneratedRegex(
        """^(application/(problem\+)?(json|xml)|text/(plain|html|xml)) *"""
        + """(; *charset="?(utf-8|utf-16|us-ascii|iso-8859-1|windows-1252)"?)?$""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ErrorTypes();

    private static bool Is(string? contentType, string wanted)
    {
        var rest = contentType.AsSpan();
        var semicolon = rest.IndexOf(';');
        var type = semicolon < 0 ? rest : rest[..semicolon];
        if (!type.Trim().Equals(wanted, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        // Another charset would make other text of the same bytes, so any parameter but this one is refused.
        var parameters = semicolon < 0 ? default : rest[(semicolon + 1)..].Trim();
        return parameters.IsEmpty
            || parameters.Equals("charset=utf-8", StringComparison.OrdinalIgnoreCase)
            || parameters.Equals("charset=\"utf-8\"", StringComparison.OrdinalIgnoreCase);
    }
}
