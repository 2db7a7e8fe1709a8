namespace Holdpoint.Signals;

/// <summary>
/// The extent of some <see cref="GrowingFindings"/> that another one has taken over; <see langword="default"/> is nothing yet.
/// </summary>
internal record struct GrowingMark(int Phrases, int Identifiers, int Links, long Records);
