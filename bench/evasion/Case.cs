namespace Holdpoint.Evasion.Bench;

/// <summary>One attempt to bring something past the detectors.</summary>
/// <param name="Row">The row of the table.</param>
/// <param name="Name">What was done.</param>
/// <param name="IsMeant">Whether the detectors are meant to catch it; else the reference says that they do not.</param>
/// <param name="IsCaught">Tries it.</param>
internal sealed record Case(string Row, string Name, bool IsMeant, Func<bool> IsCaught);
