using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Policy.Json;

/// <summary>What was read from JSON, or why nothing was.</summary>
/// <param name="Value">What the document says; null exactly when there is a fault.</param>
/// <param name="Fault">What is wrong and where, in one line; null when nothing is.</param>
public sealed record JsonOutcome<T>(T? Value, string? Fault)
    where T : class
{
    /// <summary>Whether the document was sound.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsValid => Value is not null;
}
