namespace Holdpoint.Analysis.Tests.Soundness;

/// <summary>What the evaluator says of one request.</summary>
/// <param name="First">Whether the first policy applies; null where it errs.</param>
/// <param name="A">Whether the first set allows it.</param>
/// <param name="B">Whether the second set does.</param>
internal readonly record struct SmallVerdict(bool? First, bool A, bool B);
