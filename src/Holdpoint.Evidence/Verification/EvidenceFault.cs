namespace Holdpoint.Evidence.Verification;

/// <summary>The reason that a piece of evidence does not hold.</summary>
/// <param name="Cause">The stable cause.</param>
/// <param name="Message">One sentence for the caller; holds no content of the statement beyond names of issuers and deployments.</param>
public sealed record EvidenceFault(EvidenceCause Cause, string Message);
