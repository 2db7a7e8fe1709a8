using System.Collections.Immutable;
using Holdpoint.Evidence.Verification;
using Holdpoint.Signals;

namespace Holdpoint.Gateway.Provenance;

/// <summary>A stretch of a part whose every line, or whose whole, is attested by the same statements.</summary>
/// <param name="Range">Bytes of the part; lines with their line ends.</param>
/// <param name="By">Every named statement that is about it, at least one: their facts apply together.</param>
internal readonly record struct AttestedRange(ByteRange Range, ImmutableArray<VerifiedStatement> By);
