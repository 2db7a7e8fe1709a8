namespace Holdpoint.Gateway.Settings;

/// <summary>
/// The limits that an operator can set, each finite; <see cref="LimitKeys"/> has the defaults and their reasons. Limits that the formats
/// themselves impose are with their readers. Immutable.
/// </summary>
internal sealed record Limits
{
    /// <summary>The most that <see cref="BodyBytes"/> can be set to: five times what OpenAI takes with images.</summary>
    public const int MostBodyBytes = 256 * 1024 * 1024;

    /// <summary>
    /// How many times its limit a body or an answer can take: up to twice in its buffer, whose size is a power of two, and as much again
    /// decoded; before that, up to once in the smaller buffer while that is copied.
    /// </summary>
    private const long LargestShare = 4;

    /// <summary>Largest request body, in bytes.</summary>
    public int BodyBytes { get; init; } = LimitKeys.BodyBytes.Default;

    /// <summary>Largest answer of an upstream, in bytes.</summary>
    public int AnswerBytes { get; init; } = LimitKeys.AnswerBytes.Default;

    /// <summary>Most bytes of content in memory at once: bodies, answers, recorded streams and what screens them.</summary>
    public long ContentBytes { get; init; } = LimitKeys.ContentBytes.Default;

    /// <summary>Most calls and streams under way at once; one more is a 503.</summary>
    public int Calls { get; init; } = LimitKeys.Calls.Default;

    /// <summary>Most of them for one client key.</summary>
    public int CallsPerClient { get; init; } = LimitKeys.CallsPerClient.Default;

    /// <summary>How many seconds of a client's requests may come at once. 2: agents that fan out come in bursts.</summary>
    public const int RequestBurstSeconds = 2;

    /// <summary>
    /// How many seconds of a client's faults may come at once. 20: a batch of bad calls is told of each, with its record.
    /// </summary>
    public const int FaultBurstSeconds = 20;

    /// <summary>The share of <see cref="ContentBytes"/> that one client key can take, above 0 to 1.</summary>
    public double ContentShare { get; init; } = LimitKeys.ContentShare.Default;

    /// <summary>
    /// Most bytes of content of one client key in memory at once: its share, but never less than one of the largest bodies takes.
    /// </summary>
    public long ContentBytesPerClient => Math.Max((long)(ContentShare * ContentBytes), LargestShare * Math.Max(BodyBytes, AnswerBytes));

    /// <summary>Most requests of one client key in a second, in the long run; one more is a 429.</summary>
    public int RequestsPerSecond { get; init; } = LimitKeys.RequestsPerSecond.Default;

    /// <summary>Most requests of one client key in a second, in the long run, that are faults before they are decided.</summary>
    public int FaultsPerSecond { get; init; } = LimitKeys.FaultsPerSecond.Default;

    /// <summary>Most connections held open at once.</summary>
    public int Connections { get; init; } = LimitKeys.Connections.Default;

    /// <summary>Most statements that one call may name.</summary>
    public int EvidencePerCall { get; init; } = LimitKeys.EvidencePerCall.Default;

    /// <summary>The longest time that a request's body may take to arrive.</summary>
    public TimeSpan Body { get; init; } = LimitKeys.Body.Default;

    /// <summary>The longest time that a call may take from its forwarding to the last byte, retries included.</summary>
    public TimeSpan Total { get; init; } = LimitKeys.Total.Default;

    /// <summary>The longest time that answers under way may take to finish at a stop.</summary>
    public TimeSpan Stop { get; init; } = LimitKeys.Stop.Default;

    public RetryRule Retry { get; init; } = RetryRule.Default;

    public CircuitRule Circuit { get; init; } = CircuitRule.Default;

    /// <summary>The longest waits for an upstream.</summary>
    public UpstreamTimeouts Timeouts { get; init; } = UpstreamTimeouts.Default;

    public static Limits Read(SettingsSection section)
    {
        var limits = new Limits
        {
            BodyBytes = section.Whole(LimitKeys.BodyBytes),
            AnswerBytes = section.Whole(LimitKeys.AnswerBytes),
            ContentBytes = section.Bytes(LimitKeys.ContentBytes),
            Calls = section.Whole(LimitKeys.Calls),
            CallsPerClient = section.Whole(LimitKeys.CallsPerClient),
            ContentShare = section.Number(LimitKeys.ContentShare),
            RequestsPerSecond = section.Whole(LimitKeys.RequestsPerSecond),
            FaultsPerSecond = section.Whole(LimitKeys.FaultsPerSecond),
            Connections = section.Whole(LimitKeys.Connections),
            EvidencePerCall = section.Whole(LimitKeys.EvidencePerCall),
            Body = section.Seconds(LimitKeys.Body),
            Total = section.Seconds(LimitKeys.Total),
            Stop = section.Seconds(LimitKeys.Stop),
            Retry = RetryRule.Read(section),
            Circuit = CircuitRule.Read(section),
            Timeouts = UpstreamTimeouts.Read(section),
        };
        if (limits.ContentBytes < LargestShare * Math.Max(limits.BodyBytes, limits.AnswerBytes))
        {
            section.Report(
                SettingsCode.BadValue,
                LimitKeys.ContentBytes.Name,
                $"must be at least {LargestShare} times body_bytes and answer_bytes, or some of them fit into no empty gateway",
                "raise it, or lower those");
        }

        section.Close();
        return limits;
    }
}
