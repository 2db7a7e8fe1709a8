using System.Collections.Immutable;

namespace Holdpoint.Agreements;

/// <summary>
/// The caller's claims, from the header <c>Holdpoint-Claims</c>. True or not, claims can only tighten a decision. Null: not said.
/// </summary>
/// <param name="Purpose">The purpose of the answer.</param>
/// <param name="Origin">Whether the people that the data is about are in the country.</param>
/// <param name="Jurisdiction">The jurisdiction whose law the data came under.</param>
/// <param name="Acquisition">The way in which the customer acquired the data.</param>
/// <param name="Consent">The consent that the people gave.</param>
/// <param name="Classes">The kinds of data.</param>
/// <param name="Environment">The environment in which the caller runs.</param>
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
    /// <summary>No claims.</summary>
    public static Claimed None { get; } = new();
}
