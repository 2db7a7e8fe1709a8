namespace Holdpoint.Agreements;

/// <summary>
/// A law, directive or contract text that clauses rest on, pinned so that a later change of it does not change the agreement.
/// </summary>
/// <param name="Id">The name that <c>@basis</c> uses.</param>
/// <param name="Title">The text's title.</param>
/// <param name="Section">The article or section meant.</param>
/// <param name="Date">The date of the text that was agreed on, not the date on which it took effect.</param>
/// <param name="Status">Whether that text is in force.</param>
/// <param name="Sha256">Lower hex of the SHA-256 of the text's bytes, where the parties hold the same bytes; otherwise null.</param>
/// <param name="Note">A note for readers about the use of the text; null when there is none.</param>
public sealed record BasisText(string Id, string Title, string Section, DateOnly Date, BasisStatus Status, string? Sha256, string? Note);

/// <summary>The status of a text since its date.</summary>
public enum BasisStatus
{
    /// <summary>The text applies as dated.</summary>
    InForce,

    /// <summary>A later text replaced this one; the agreement still means this one.</summary>
    Superseded,

    /// <summary>The parties agreed that this wording counts between them, whatever happens to its source.</summary>
    FrozenByContract,
}
