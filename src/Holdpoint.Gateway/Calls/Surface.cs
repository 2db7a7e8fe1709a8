using System.Text;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// The traits that endpoints of one kind share: the form of their records and of their refusals. Immutable.
/// </summary>
internal sealed record Surface
{
    private const string Json = "application/json";
    private const string PlainText = "text/plain; charset=utf-8";

    private Surface()
    {
    }

    /// <summary>An unknown path. Its record leaves the path out, because the client chose its text.</summary>
    public static Surface UnknownPath { get; } = new() { FollowsClient = true };

    /// <summary>Reading what changes nothing: not recorded.</summary>
    public static Surface Reading { get; } = new() { IsRecorded = false };

    /// <summary>Reading the log: not recorded, and refused in one word of plain text, as its clients are not those of a model.</summary>
    public static Surface Log { get; } = new() { IsRecorded = false, IsPlainText = true };

    /// <summary>The path of the endpoint, as records name it; null where there is none to name.</summary>
    public string? Endpoint { get; private init; }

    /// <summary>Whether every answer to an identified client has a record.</summary>
    public bool IsRecorded { get; private init; } = true;

    /// <summary>Whether refusals are a word of plain text instead of an error in the client's own shape.</summary>
    public bool IsPlainText { get; private init; }

    /// <summary>Whether the client's own headers say in which shape it reads errors, because the path says nothing.</summary>
    public bool FollowsClient { get; private init; }

    /// <summary>The refusal for a caller without a known key.</summary>
    public Fault Stranger => IsPlainText ? CallFaults.UnknownReader : CallFaults.UnknownKey;

    /// <summary>Whether calls to models are made here.</summary>
    public bool IsOfCalls => Endpoint?.StartsWith("/v1/", StringComparison.Ordinal) == true;

    /// <summary>An endpoint whose answers are all recorded.</summary>
    public static Surface Of(string endpoint) => new() { Endpoint = endpoint };

    /// <summary>The body of an error and its content type.</summary>
    public (string ContentType, ReadOnlyMemory<byte> Body) Write(WireError error, WireFormat wire) => IsPlainText
        ? (PlainText, Encoding.ASCII.GetBytes(error.Cause + "\n"))
        : (Json, wire.WriteError(error));
}
