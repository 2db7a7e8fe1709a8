namespace Holdpoint.Gateway.Settings;

/// <summary>The limits that an operator can set, each finite. Limits that the formats themselves impose stand with their readers.</summary>
internal sealed record Limits
{
    /// <summary>Largest request body, in bytes. Default 16 MiB: a context of a million tokens is about 4 MiB of text, the rest is room for images.</summary>
    public int BodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Largest answer of an upstream, in bytes. Default 32 MiB: twice what may be asked.</summary>
    public int AnswerBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Most connections held open at once. Default 20,000: the design asks for 10,000 idle streams, and each may have a sibling.</summary>
    public int Connections { get; init; } = 20_000;

    /// <summary>Most statements that one call may name. Default 64: fits, with room, the 8 KiB that common proxies allow a header.</summary>
    public int EvidencePerCall { get; init; } = 64;

    /// <summary>How long an upstream may take to its first byte. Default 10 minutes, as the official SDKs wait.</summary>
    public TimeSpan FirstByte { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an upstream may pause within an answer. Default 2 minutes: providers send keep-alives well within one.</summary>
    public TimeSpan BetweenBytes { get; init; } = TimeSpan.FromMinutes(2);
}
