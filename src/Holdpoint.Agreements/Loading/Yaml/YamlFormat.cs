namespace Holdpoint.Agreements.Loading.Yaml;

/// <summary>
/// The YAML features that a file format accepts, and the codes under which the shared reader reports problems. Immutable.
/// </summary>
internal sealed record YamlFormat
{
    /// <summary>
    /// The format of <c>agreement.yaml</c> and <c>basis.yaml</c>: every value is written at its own place, so nothing is repeated.
    /// </summary>
    public static YamlFormat Agreement { get; } = new()
    {
        BadYaml = ProblemCode.BadYaml,
        UnknownKey = ProblemCode.UnknownKey,
        DuplicateKey = ProblemCode.DuplicateKey,
        MissingKey = ProblemCode.MissingKey,
        BadValue = ProblemCode.BadValue,
    };

    public required string BadYaml { get; init; }

    public required string UnknownKey { get; init; }

    public required string DuplicateKey { get; init; }

    public required string MissingKey { get; init; }

    public required string BadValue { get; init; }

    /// <summary>The maximum number of nodes that aliases may repeat in one file; 0 where anchors and aliases are refused.</summary>
    public int MaxRepeated { get; init; }

    /// <summary>
    /// Whether YAML's own tags, such as <c>!!str</c>, are ignored: a key decides how its value is read. All other tags are refused.
    /// </summary>
    public bool AllowsCoreTags { get; init; }

    /// <summary>Whether a key whose value is null counts as absent; otherwise its value is a text like any other.</summary>
    public bool IsNullAbsent { get; init; }
}
