using Holdpoint.Wire;

namespace Holdpoint.Gateway.Settings;

/// <summary>The keys of section <c>limits</c>, with the defaults that hold where the file says nothing.</summary>
internal static class LimitKeys
{
    public static SectionKeys Section { get; } = new("limits");

    public static readonly SettingsKey.Whole BodyBytes =
        Section.Whole("body_bytes", WireLimits.Default.MaxBodyBytes, 1_024, Limits.MostBodyBytes);

    public static readonly SettingsKey.Whole AnswerBytes =
        Section.Whole("answer_bytes", WireLimits.Default.MaxAnswerBytes, 1_024, 256 * 1024 * 1024);

    /// <summary>
    /// A quarter of the 4 GiB that small servers have, and room for 10,000 idle streams and 32 of the largest bodies beside them. The same
    /// on every machine, so that a configuration means the same everywhere.
    /// </summary>
    public static readonly SettingsKey.Bytes ContentBytes = Section.Bytes("content_bytes", 1L << 30, 1L << 20, 1L << 40);

    /// <summary>Whoever takes all that one can take leaves as much to the others.</summary>
    public static readonly SettingsKey.Number ContentShare = Section.Number("content_share", 0.5, 0.01, 1);

    /// <summary>More than two processors handle, so that no work is refused that a small machine could do.</summary>
    public static readonly SettingsKey.Whole RequestsPerSecond = Section.Whole("requests_per_second", 5_000, 1, 1_000_000);

    /// <summary>
    /// A program with a mistake in every call makes a few in a second. Each fault is a record of not quite a kilobyte for good, so that
    /// this many are 4 GB in a day, which an operator sees in time.
    /// </summary>
    public static readonly SettingsKey.Whole FaultsPerSecond = Section.Whole("faults_per_second", 50, 1, 1_000_000);

    /// <summary>10,000 idle streams are to be possible, and each may have a sibling.</summary>
    public static readonly SettingsKey.Whole Connections = Section.Whole("connections", 20_000, 1, 1_000_000);

    /// <summary>
    /// Half again as many as the 10,000 idle streams that are to be possible, and fewer than connections, so that status and approvals
    /// still get through.
    /// </summary>
    public static readonly SettingsKey.Whole Calls = Section.Whole("calls", 16_384, 1, 1_000_000);

    /// <summary>No fewer than for all: many installations have one service key.</summary>
    public static readonly SettingsKey.Whole CallsPerClient = Section.Whole("calls_per_client", 16_384, 1, 1_000_000);

    /// <summary>Fits, with room, the 8 KiB that common proxies allow a header.</summary>
    public static readonly SettingsKey.Whole EvidencePerCall = Section.Whole("evidence_per_call", 64, 1, 128);

    /// <summary>The largest body by default, at 2.3 Mbit/s.</summary>
    public static readonly SettingsKey.Seconds Body = Section.Seconds("body_seconds", TimeSpan.FromMinutes(1));

    /// <summary>Twice what the retries of a lost SYN take on Linux (1 + 3 s).</summary>
    public static readonly SettingsKey.Seconds Connect = Section.Seconds("connect_seconds", TimeSpan.FromSeconds(10));

    /// <summary>The official clients wait ten minutes, and a whole answer has its head when the model is done.</summary>
    public static readonly SettingsKey.Seconds FirstByte = Section.Seconds("first_byte_seconds", TimeSpan.FromMinutes(10));

    /// <summary>Providers send keep-alives well within a minute.</summary>
    public static readonly SettingsKey.Seconds BetweenBytes = Section.Seconds("between_bytes_seconds", TimeSpan.FromMinutes(2));

    /// <summary>128,000 tokens at 50 a second are 43 minutes.</summary>
    public static readonly SettingsKey.Seconds Total = Section.Seconds("total_seconds", TimeSpan.FromHours(1), most: 86_400);

    /// <summary>Orchestrators commonly wait that long before they kill.</summary>
    public static readonly SettingsKey.Seconds Stop = Section.Seconds("stop_seconds", TimeSpan.FromSeconds(30));

    /// <summary>The official clients ask twice more themselves, and each of theirs is multiplied by the gateway's.</summary>
    public static readonly SettingsKey.Whole Retries = Section.Whole("retries", 1, 0, 10);

    /// <summary>Four times the first wait. Whoever should wait longer is the client, who knows how long it can.</summary>
    public static readonly SettingsKey.Seconds RetryWait = Section.Seconds("retry_wait_seconds", TimeSpan.FromSeconds(2), most: 60);

    /// <summary>Providers have minutes in which one call in ten fails and nine are worth making.</summary>
    public static readonly SettingsKey.Number CircuitRatio = Section.Number("circuit_ratio", 0.5, 0.01, 1);

    // Fewer than two attempts, or less than half a second, show nothing: the lower bounds of the next three.

    /// <summary>Fewer are chance.</summary>
    public static readonly SettingsKey.Whole CircuitAttempts = Section.Whole("circuit_attempts", 20, 2, 1_000_000);

    /// <summary>Shorter ones see too few attempts.</summary>
    public static readonly SettingsKey.Seconds CircuitWindow =
        Section.Seconds("circuit_window_seconds", TimeSpan.FromSeconds(30), least: 0.5);

    /// <summary>One attempt in two seconds burdens nobody, and a provider that has recovered is used again soon.</summary>
    public static readonly SettingsKey.Seconds CircuitBreak = Section.Seconds("circuit_break_seconds", TimeSpan.FromSeconds(2), least: 0.5);
}
