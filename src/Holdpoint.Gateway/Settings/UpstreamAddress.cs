namespace Holdpoint.Gateway.Settings;

/// <summary>
/// The address of an upstream: scheme, host, port and a fixed path prefix, all from the configuration. Together with an endpoint, which is
/// a constant of a wire format, it makes every URL that the gateway ever requests: nothing of a client's request goes into one.
/// </summary>
internal sealed class UpstreamAddress
{
    private readonly string _prefix;

    private UpstreamAddress(string prefix) => _prefix = prefix;

    /// <summary>Reads a base URL, such as <c>https://api.openai.com</c>; a <c>/v1</c> at its end is allowed and means the same.</summary>
    /// <param name="url">The configured text.</param>
    /// <param name="problem">What is wrong with it, for the operator.</param>
    /// <returns>Null when something is wrong.</returns>
    public static UpstreamAddress? Parse(string url, out string problem)
    {
        problem = "";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
        {
            problem = "must be an absolute URL that begins with https:// or http://";
        }
        else if (uri.UserInfo.Length > 0)
        {
            problem = "must hold no user name or password: the key is configured apart";
        }
        else if (uri.Query.Length > 0 || uri.Fragment.Length > 0
            || url.Contains('?', StringComparison.Ordinal) || url.Contains('#', StringComparison.Ordinal))
        {
            problem = "must have no query and no fragment";
        }
        else if (uri.Host.Length == 0)
        {
            problem = "must name a host";
        }

        if (problem.Length > 0)
        {
            return null;
        }

        var path = uri!.AbsolutePath.TrimEnd('/');
        path = path.EndsWith("/v1", StringComparison.Ordinal) ? path[..^3] : path;
        return new UpstreamAddress(uri.GetLeftPart(UriPartial.Authority) + path);
    }

    /// <summary>The URL of an endpoint.</summary>
    /// <param name="endpoint">A constant path that begins with <c>/</c>.</param>
    public Uri Of(string endpoint) => new(_prefix + endpoint);

    public override string ToString() => _prefix;
}
