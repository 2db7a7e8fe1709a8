using System.Collections.Immutable;

namespace Holdpoint.Wire;

/// <summary>One event of a streamed answer.</summary>
/// <param name="Raw">
/// Its bytes exactly as received, line ends included; empty for the closing event of a stream that ended without one.
/// </param>
/// <param name="Deltas">What it adds, in order; the end of an earlier part that it reveals comes before its own text.</param>
internal readonly record struct StreamEvent(ReadOnlyMemory<byte> Raw, ImmutableArray<StreamDelta> Deltas);
