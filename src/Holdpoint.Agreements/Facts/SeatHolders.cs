using System.Collections.Immutable;

namespace Holdpoint.Agreements;

/// <summary>The persons who may fill the seats of one kind.</summary>
/// <param name="Kind">The kind, such as <c>reviewer</c>.</param>
/// <param name="Party">The party that answers for the persons.</param>
/// <param name="Persons">Person ids, as in the configuration and on the keys that sign approvals; distinct, at least one.</param>
public sealed record SeatHolders(string Kind, string Party, ImmutableArray<string> Persons);
