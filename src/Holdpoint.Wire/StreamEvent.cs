using System.Collections.Immutable;

namespace Holdpoint.Wire;

/// <summary>One event of a streamed answer.</summary>
/// <param name="Raw">
/// The event's bytes exactly as received, line ends included; empty for the closing event of a stream that ended without one.
/// </param>
/// <param name="Deltas">
/// The event's additions, in order; the end of an earlier part that the event reveals precedes the event's own text.
/// </param>
internal readonly record struct StreamEvent(ReadOnlyMemory<byte> Raw, ImmutableArray<StreamDelta> Deltas);
