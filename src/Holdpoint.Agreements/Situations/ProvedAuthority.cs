namespace Holdpoint.Agreements;

/// <summary>
/// A legal authority from a verified <c>authority/v1</c> that names this agreement, deployment and principal and has not expired.
/// </summary>
/// <param name="Basis">
/// The legal basis, from the vocabulary's <c>LegalBasis</c>; a value that the vocabulary does not list is decided on as <c>unknown</c>.
/// </param>
/// <param name="CoversContent">Whether the authority's selectors cover every attested and recognised byte of the call.</param>
public sealed record ProvedAuthority(string Basis, bool CoversContent);
