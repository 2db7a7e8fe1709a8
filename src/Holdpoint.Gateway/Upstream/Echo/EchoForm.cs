using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>
/// One wire format as the echo speaks it: it hears a request that the format has read, and answers as a provider would. Thread-safe.
/// </summary>
internal abstract class EchoForm
{
    /// <summary>The answer: in one piece, or an array for each event of a stream.</summary>
    /// <param name="call">A call whose body the wire format has read, so that its syntax is known to be good.</param>
    /// <param name="now">When it is answered.</param>
    public abstract ImmutableArray<byte[]> Answer(UpstreamCall call, DateTimeOffset now);

    /// <summary>An id such as providers give: a prefix and random digits.</summary>
    protected static string NewId(string prefix) => prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
}
