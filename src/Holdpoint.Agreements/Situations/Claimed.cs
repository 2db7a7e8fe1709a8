using System.Collections.Immutable;

namespace Holdpoint.Agreements;

/// <summary>
/// What the caller says, in the header <c>Holdpoint-Claims</c>. True or not, it can only tighten a decision. Null: not said.
/// </summary>
/// <param name="Purpose">What the answer is for.</param>
/// <param name="Origin">Whether the people that the data is about are in the country.</param>
/// <param name="Jurisdiction">Whose law the data came under.</param>
/// <param name="Acquisition">How the data came into the customer's hands.</param>
/// <param name="Consent">What the people agreed to.</param>
/// <param name="Classes">What kinds of data there are.</param>
/// <param name="Environment">Where the caller runs.</param>
/// <param name="Authority">The legal basis that the caller says there is.</param>
/// <param name="Human">Whether a human judges the result before it has consequences.</param>
public sealed partial record Claimed(
    string? Purpose = null,
    string? Origin = null,
    string? Jurisdiction = null,
    string? Acquisition = null,
    string? Consent = null,
    ImmutableHashSet<string>? Classes = null,
    string? Environment = null,
    string? Authority = null,
    bool? Human = null)
{
    /// <summary>Nothing was said.</summary>
    public static Claimed None { get; } = new();
}
