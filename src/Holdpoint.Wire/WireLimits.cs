namespace Holdpoint.Wire;

/// <summary>The limits beyond which a body is refused. Immutable; every limit is finite.</summary>
internal sealed record WireLimits
{
    public static WireLimits Default { get; } = new();

    /// <summary>
    /// The maximum size of a request body in bytes. Default 16 MiB: a context of a million tokens is about 4 MiB of text, the rest is room
    /// for images.
    /// </summary>
    public int MaxBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The maximum nesting of objects and arrays. Default 64: the default of <c>System.Text.Json</c>.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>
    /// The maximum number of parts in a call. Default 8,192: OpenAI takes 2,048 messages, and each seldom has more than four.
    /// </summary>
    public int MaxParts { get; init; } = 8_192;

    /// <summary>The maximum number of tool definitions in a call. Default 128: OpenAI's own limit.</summary>
    public int MaxTools { get; init; } = 128;

    /// <summary>The maximum size of a whole answer in bytes. Default 32 MiB: twice the default for a request.</summary>
    public int MaxAnswerBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>
    /// The maximum size of one streamed answer in bytes. Default 64 MiB: 128,000 tokens, each in its own event of half a KiB.
    /// </summary>
    public long MaxStreamBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// The maximum size of one event of a stream in bytes. Default 4 MiB: a minute of 16-bit audio in base64, the largest single delta
    /// known.
    /// </summary>
    public int MaxEventBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Highest index of a choice, plus one. Default 128: OpenAI's limit for <c>n</c>.</summary>
    public int MaxChoices { get; init; } = 128;
}
