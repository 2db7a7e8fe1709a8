using System.Collections.Immutable;

namespace Holdpoint.Wire;

/// <summary>An error for the client; each wire format writes it in the shape that its official clients understand.</summary>
/// <param name="Status">HTTP status; not part of the body.</param>
/// <param name="Cause">Stable code.</param>
/// <param name="Message">One sentence for people, without content, secrets or paths of the server.</param>
/// <param name="Detail">
/// The recorded decision; null when there is no record (a client that was not identified, or a log that cannot be written).
/// </param>
internal sealed record WireError(int Status, string Cause, string Message, ErrorDetail? Detail = null)
{
    public static WireError Of(Fault fault, ErrorDetail? detail = null) => new(fault.Status, fault.Cause, fault.Message, detail);
}

/// <summary>The <c>holdpoint</c> object of an error body.</summary>
/// <param name="Verdict"><c>refuse</c> or <c>hold</c>.</param>
/// <param name="Record">Index of the record in the log.</param>
/// <param name="Bundle">SHA-256 of the bundle, lower hex.</param>
/// <param name="Clauses">The clauses that determined the verdict.</param>
/// <param name="Hold">The hold that the call waits for; only with the verdict <c>hold</c>.</param>
internal sealed record ErrorDetail(string Verdict, long Record, string Bundle, ImmutableArray<ErrorClause> Clauses, ErrorHold? Hold = null);

/// <summary>A clause named in an error body.</summary>
internal readonly record struct ErrorClause(string Id, string Title);

/// <summary>The <c>hold</c> object of an error body.</summary>
/// <param name="Needs">Seats to fill, such as <c>reviewer#1</c>.</param>
/// <param name="Id">The hold's id; null while holds cannot be approved.</param>
/// <param name="Expires">The time at which the hold ends by itself; null without an id.</param>
internal sealed record ErrorHold(ImmutableArray<string> Needs, string? Id = null, DateTimeOffset? Expires = null);
