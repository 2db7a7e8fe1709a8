namespace Holdpoint.Agreements;

/// <summary>Numbers that the parties agreed on and that clauses cannot express.</summary>
/// <param name="ExposureDays">The number of days for which seen data counts as exposure: 1 to 3,660.</param>
/// <param name="HoldMinutes">The number of minutes that a hold waits for people before it ends as a refusal: 1 to 43,200 (30 days).</param>
public sealed record AgreementLimits(int ExposureDays, int HoldMinutes);
