using System.Collections.Immutable;
using Holdpoint.Log.Notes;

namespace Holdpoint.Log.Verification;

/// <summary>What the verification of a whole log found.</summary>
public sealed record LogVerification
{
    /// <summary>The log's signed head; null when there is none that verifies, and then nothing else was looked at.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>The older head that the log was compared with; null when none was given or it did not verify.</summary>
    public Checkpoint? Since { get; init; }

    /// <summary>
    /// Whether the entries were read: false without the right to them, and then tiles and checkpoint were checked, but neither that the
    /// records are those that were logged nor that the gateways' sequences are whole.
    /// </summary>
    public bool EntriesChecked { get; init; }

    /// <summary>How many tiles of hashes were compared.</summary>
    public long Tiles { get; init; }

    /// <summary>How many records each gateway has in the log, by name; empty when entries were not checked.</summary>
    public ImmutableSortedDictionary<string, long> Gateways { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>What is wrong, in the order found; at most 100 of them.</summary>
    public ImmutableArray<LogFault> Faults { get; init; } = [];

    /// <summary>How many faults there are, those not kept included.</summary>
    public long FaultCount { get; init; }

    /// <summary>Whether all that was checked is as it must be. Read <see cref="EntriesChecked"/> with it.</summary>
    public bool Verifies => FaultCount == 0;
}
