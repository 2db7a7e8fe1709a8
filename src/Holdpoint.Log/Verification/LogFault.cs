namespace Holdpoint.Log.Verification;

/// <summary>Something about a log that is not as it must be.</summary>
/// <param name="Code">Stable; docs/reference/log.md lists them.</param>
/// <param name="Place">Where: a path of the log, a leaf with its path, or a gateway with its sequence number.</param>
/// <param name="Message">What is wrong there, for people.</param>
public sealed record LogFault(string Code, string Place, string Message)
{
    /// <summary>Place and message in one line.</summary>
    public override string ToString() => $"{Place}: {Message}";
}
