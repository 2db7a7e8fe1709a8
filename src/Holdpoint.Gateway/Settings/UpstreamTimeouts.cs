namespace Holdpoint.Gateway.Settings;

/// <summary>How long an upstream is waited for. Immutable.</summary>
internal sealed record UpstreamTimeouts
{
    public static UpstreamTimeouts Default { get; } = new();

    /// <summary>To connect, TLS included. Default 10 s: twice what the retries of a lost SYN take on Linux (1 + 3 s).</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// From sending to the head of the answer. Default 600 s: the official clients wait ten minutes, and a whole answer has its head when
    /// the model is done.
    /// </summary>
    public TimeSpan FirstByte { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>Between two reads of the body. Default 300 s: reasoning models are silent for minutes within a stream.</summary>
    public TimeSpan BetweenBytes { get; init; } = TimeSpan.FromSeconds(300);
}
