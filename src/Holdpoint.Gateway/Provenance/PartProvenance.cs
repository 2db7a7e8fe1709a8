using System.Collections.Immutable;
using Holdpoint.Signals;

namespace Holdpoint.Gateway.Provenance;

/// <summary>The origin of the bytes of one part. The two lists are sorted, do not overlap, and together are the whole part.</summary>
/// <param name="Attested">Stretches that named statements are about.</param>
/// <param name="Unattested">All the rest.</param>
internal readonly record struct PartProvenance(ImmutableArray<AttestedRange> Attested, ImmutableArray<ByteRange> Unattested);
