namespace Holdpoint.Testing.Upstreams;

/// <summary>A request as a <see cref="ScriptedUpstream"/> received it.</summary>
/// <param name="Head">Request line and headers, exactly.</param>
/// <param name="Body">The body, exactly.</param>
public sealed record ScriptedRequest(string Head, byte[] Body)
{
    public string RequestLine => Head[..Head.IndexOf("\r\n", StringComparison.Ordinal)];

    /// <summary>The headers' names in lower case, sorted.</summary>
    public IReadOnlyList<string> HeaderNames =>
        [.. Head.Split("\r\n").Skip(1)
            .Where(line => line.Contains(':', StringComparison.Ordinal))
            .Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant())
            .Order(StringComparer.Ordinal)];

    /// <summary>The value of a header; null when it is not there.</summary>
    public string? Header(string name) =>
        Head.Split("\r\n").Skip(1)
            .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..]
            .Trim();
}
