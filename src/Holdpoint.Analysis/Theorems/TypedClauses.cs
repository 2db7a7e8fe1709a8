using System.Collections.Concurrent;
using System.Collections.Immutable;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Validation;
using Holdpoint.Policy.Validation.Typed;

namespace Holdpoint.Analysis.Theorems;

/// <summary>
/// Policies typed under one schema, each once. Optional attributes may be read without a test here: loading refuses such a clause, and
/// theorem 4 shows on which requests it would err. Thread-safe.
/// </summary>
internal sealed class TypedClauses(CedarSchema schema)
{
    // More steps from entity to entity than a policy can be long; only what has no level at all is of interest.
    private const int MaxLevel = 1_000_000;

    private readonly ConcurrentDictionary<Policy.Policy, TypedPolicies> _typed = new(ReferenceEqualityComparer.Instance);

    /// <summary>Why a policy cannot be analysed: what is wrong with it; empty when nothing is.</summary>
    public ImmutableArray<ValidationFinding> Errors(Policy.Policy policy) => Type(policy).Errors;

    /// <summary>
    /// Whether a policy reads data of an entity that it names itself. Proofs assume that every named entity exists, but the store of a call
    /// has its principal and its resource, and not everything else of their types.
    /// </summary>
    public bool ReadsNamedEntity(Policy.Policy policy) =>
        Validator.Validate(Policy.PolicySet.Create([policy]), schema, ValidationMode.Strict, maxLevel: MaxLevel).Errors
            .Any(e => e.Code == ValidationCode.LiteralDereference);

    /// <exception cref="ArgumentException">The policy is not valid.</exception>
    public TypedPolicy Of(Policy.Policy policy, RequestEnvironment environment) =>
        Type(policy).ByEnvironment.FirstOrDefault(t => t.Environment == environment)
        ?? throw new ArgumentException($"Policy `{policy.Id}` is not strictly valid.", nameof(policy));

    private TypedPolicies Type(Policy.Policy policy) =>
        _typed.GetOrAdd(policy, p => Validator.Type(p, schema, allowsUnguarded: true));
}
