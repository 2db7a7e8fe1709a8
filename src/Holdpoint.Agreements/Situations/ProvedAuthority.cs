namespace Holdpoint.Agreements;

/// <summary>
/// A legal authority from a verified <c>authority/v1</c> that names this agreement, deployment and principal and has not expired.
/// </summary>
/// <param name="Basis">
/// What it rests on, as in the vocabulary's <c>LegalBasis</c>; a value that it does not list is decided on as <c>unknown</c>.
/// </param>
/// <param name="CoversContent">Whether its selectors cover every attested and recognised byte of the call.</param>
public sealed record ProvedAuthority(string Basis, bool CoversContent);
