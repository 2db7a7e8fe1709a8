namespace Holdpoint.Gateway.Decisions;

/// <summary>
/// Stable codes of faults that arise on the way of a call, beside those of the wire formats, of evidence, of upstreams and of deciding.
/// A contract (docs/reference/causes.md lists them all): never renamed, never reused.
/// </summary>
internal static class Causes
{
    public const string NeedsApproval = "needs_approval";
    public const string InvalidApiKey = "invalid_api_key";
    public const string RightMissing = "right_missing";
    public const string UnknownPath = "unknown_path";
    public const string UnknownModel = "unknown_model";
    public const string ModelOfOtherFormat = "model_of_other_format";
    public const string InvalidClaims = "invalid_claims";
    public const string InvalidEvidenceHeader = "invalid_evidence_header";
    public const string BodyIncomplete = "body_incomplete";
    public const string BodyTimeout = "body_timeout";
    public const string RecordUnavailable = "record_unavailable";
    public const string Overloaded = "overloaded";
    public const string StageTimeout = "stage_timeout";
    public const string Cancelled = "cancelled";
    public const string Internal = "internal";
}
