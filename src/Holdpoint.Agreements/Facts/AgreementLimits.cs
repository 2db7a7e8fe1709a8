namespace Holdpoint.Agreements;

/// <summary>Numbers that the parties agreed on and that clauses cannot express.</summary>
/// <param name="ExposureDays">How long what was seen counts as exposure, in days: 1 to 3,660.</param>
/// <param name="HoldMinutes">How long a hold waits for people before it ends as a refusal, in minutes: 1 to 43,200 (30 days).</param>
public sealed record AgreementLimits(int ExposureDays, int HoldMinutes);
