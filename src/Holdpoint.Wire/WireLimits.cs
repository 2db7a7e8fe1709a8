namespace Holdpoint.Wire;

/// <summary>How much of a body is read before it is refused. Immutable; every limit is finite.</summary>
internal sealed record WireLimits
{
    public static WireLimits Default { get; } = new();

    /// <summary>
    /// Largest request body in bytes. Default 16 MiB: a context of a million tokens is about 4 MiB of text, the rest is room for images.
    /// </summary>
    public int MaxBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Deepest nesting of objects and arrays. Default 64: what <c>System.Text.Json</c> allows unless told otherwise.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Most parts of a call. Default 8,192: OpenAI takes 2,048 messages, of which each seldom has more than four.</summary>
    public int MaxParts { get; init; } = 8_192;

    /// <summary>Most tool definitions of a call. Default 128: OpenAI's own limit.</summary>
    public int MaxTools { get; init; } = 128;

    /// <summary>Largest whole answer in bytes. Default 32 MiB: twice what may be asked.</summary>
    public int MaxAnswerBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Most bytes of one streamed answer. Default 64 MiB: 128,000 tokens, each in an event of its own of half a KiB.</summary>
    public long MaxStreamBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Largest event of a stream in bytes. Default 4 MiB: a minute of 16-bit audio in base64, the largest single delta known.
    /// </summary>
    public int MaxEventBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Highest index of a choice, plus one. Default 128: OpenAI's limit for <c>n</c>.</summary>
    public int MaxChoices { get; init; } = 128;
}
