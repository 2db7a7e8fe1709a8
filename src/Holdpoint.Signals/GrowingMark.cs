namespace Holdpoint.Signals;

/// <summary>How much of some <see cref="GrowingFindings"/> another one has taken over; <see langword="default"/> is nothing yet.</summary>
internal record struct GrowingMark(int Phrases, int Identifiers, int Links, long Records);
