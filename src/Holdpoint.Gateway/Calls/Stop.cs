using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Screening;

namespace Holdpoint.Gateway.Calls;

/// <summary>The reason that a permitted call, or its answer, goes no further.</summary>
/// <param name="Objection">What there is against it.</param>
/// <param name="Kept">All of the answer; only where people have to decide on it.</param>
internal sealed record Stop(Objection Objection, KeptAnswer? Kept = null);
