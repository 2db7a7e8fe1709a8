namespace Holdpoint.Policy.Json;

/// <summary>How much JSON the readers take on. What is at a limit is read; one past it is a fault.</summary>
public sealed record JsonLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static JsonLimits Default { get; } = new();

    /// <summary>Largest document, in bytes. Default 64 MiB: some hundred thousand entities.</summary>
    public int MaxBytes { get; init; } = 64 << 20;

    /// <summary>
    /// Deepest nesting of arrays and objects. Default 127, which is where the JSON reader of Cedar itself (serde_json) stops.
    /// </summary>
    public int MaxDepth { get; init; } = 127;

    /// <summary>
    /// Most entities in a document. Default 1,048,576: one for every 64 bytes of the largest document, which is less than any takes.
    /// </summary>
    public int MaxEntities { get; init; } = 1 << 20;
}
