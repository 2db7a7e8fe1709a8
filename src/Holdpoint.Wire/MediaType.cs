namespace Holdpoint.Wire;

/// <summary>Reads <c>Content-Type</c> values (RFC 9110 §8.3.1) as far as the gateway needs to.</summary>
internal static class MediaType
{
    /// <summary>Whether the type is <c>application/json</c>, with no parameter but <c>charset=utf-8</c>.</summary>
    public static bool IsJson(string? contentType) => Is(contentType, "application/json");

    /// <summary>Whether the type is <c>text/event-stream</c>, with no parameter but <c>charset=utf-8</c>.</summary>
    public static bool IsEventStream(string? contentType) => Is(contentType, "text/event-stream");

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
