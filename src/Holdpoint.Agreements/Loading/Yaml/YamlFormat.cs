namespace Holdpoint.Agreements.Loading.Yaml;

/// <summary>What a file format takes of YAML, and the codes under which the shared reader reports what is wrong. Immutable.</summary>
internal sealed record YamlFormat
{
    /// <summary>
    /// <c>agreement.yaml</c> and <c>basis.yaml</c>: what an agreement says is written where it says it, so nothing is repeated.
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

    /// <summary>Most nodes that aliases may repeat in one file; 0 where anchors and aliases are refused.</summary>
    public int MaxRepeated { get; init; }

    /// <summary>
    /// Whether YAML's own tags, such as <c>!!str</c>, are passed over: a key decides how its value is read. All others are refused.
    /// </summary>
    public bool AllowsCoreTags { get; init; }

    /// <summary>Whether a key whose value is null counts as absent; otherwise its value is a text like any other.</summary>
    public bool IsNullAbsent { get; init; }
}
