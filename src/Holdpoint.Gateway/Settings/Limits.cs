
namespace Holdpoint.Gateway.Settings;

/// <summary>The limits that an operator can set, each finite. Limits that the formats themselves impose stand with their readers.</summary>
internal sealed record Limits
{
    /// <summary>The most that <see cref="BodyBytes"/> can be set to: five times what OpenAI takes with images.</summary>
    public const int MostBodyBytes = 256 * 1024 * 1024;

    /// <summary>Largest request body, in bytes. Default 16 MiB: a context of a million tokens is about 4 MiB of text, the rest is room for images.</summary>
    public int BodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Largest answer of an upstream, in bytes. Default 32 MiB: twice what may be asked.</summary>
    public int AnswerBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>
    /// Most calls and streams under way at once; one more is a 503. Default 16,384: half again as many as the idle streams that the
    /// design asks for, and fewer than connections, so that status and approvals still get through.
    /// </summary>
    public int Calls { get; init; } = 16_384;

    /// <summary>Most of them for one client key. Default 16,384, no less than for all: many installations have one service key.</summary>
    public int CallsPerClient { get; init; } = 16_384;

    /// <summary>Most connections held open at once. Default 20,000: the design asks for 10,000 idle streams, and each may have a sibling.</summary>
    public int Connections { get; init; } = 20_000;

    /// <summary>Most statements that one call may name. Default 64: fits, with room, the 8 KiB that common proxies allow a header.</summary>
    public int EvidencePerCall { get; init; } = 64;

    /// <summary>How long a request's body may take to arrive. Default 1 minute: the largest body by default, at 2.3 Mbit/s.</summary>
    public TimeSpan Body { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long connecting to an upstream may take. Default as <see cref="UpstreamTimeouts.Connect"/>.</summary>
    public TimeSpan Connect { get; init; } = UpstreamTimeouts.Default.Connect;

    /// <summary>How long an upstream may take to its first byte. Default 10 minutes, as the official SDKs wait.</summary>
    public TimeSpan FirstByte { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an upstream may pause within an answer. Default 2 minutes: providers send keep-alives well within one.</summary>
    public TimeSpan BetweenBytes { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a call may take from its forwarding to the last byte, retries included. Default 1 hour: 128,000 tokens at 50 a second are 43 minutes.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long answers under way may take to finish at a stop. Default 30 s, as orchestrators commonly wait before they kill.</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromSeconds(30);

    public RetryRule Retry { get; init; } = RetryRule.Default;

    public CircuitRule Circuit { get; init; } = CircuitRule.Default;

    /// <summary>How long an upstream is waited for.</summary>
    public UpstreamTimeouts Timeouts => new() { Connect = Connect, FirstByte = FirstByte, BetweenBytes = BetweenBytes };
}
