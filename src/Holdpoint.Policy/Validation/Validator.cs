using System.Collections.Immutable;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Validation.Checking;
using Holdpoint.Policy.Validation.Levels;
using Holdpoint.Policy.Validation.Texts;
using Holdpoint.Policy.Validation.Typed;
using Holdpoint.Policy.Validation.Types;

namespace Holdpoint.Policy.Validation;

/// <summary>
/// Checks policies against a schema, as Cedar 4.12 does. A strictly valid policy never errs on a request and entities that conform to the
/// schema, except by overflow, by what an extension function refuses, and on entities that are not in the store. Thread-safe.
/// </summary>
public static class Validator
{
    /// <summary>Validates all policies, templates and links of a set.</summary>
    /// <param name="policies">The set.</param>
    /// <param name="schema">What the policies may assume.</param>
    /// <param name="mode">How much is asked of types that meet.</param>
    /// <param name="maxLevel">
    /// When given, at least 0: how many steps from entity to entity a policy may take (RFC 76); see <see cref="LevelValidator"/>.
    /// </param>
    public static ValidationResult Validate(
        PolicySet policies, CedarSchema schema, ValidationMode mode = ValidationMode.Strict, int? maxLevel = null)
    {
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentOutOfRangeException.ThrowIfNegative(maxLevel ?? 0, nameof(maxLevel));
        var types = new SchemaTypes(schema);
        var errors = ImmutableArray.CreateBuilder<ValidationFinding>();
        var warnings = ImmutableArray.CreateBuilder<ValidationFinding>();
        var linkedFrom = policies.Policies.Length - policies.Links.Length;
        foreach (var policy in policies.Policies.Take(linkedFrom).Concat(policies.Templates.Select(t => t.Body)))
        {
            var found = ValidateBody(policy, types, mode, maxLevel);
            errors.AddRange(found.Errors);
            warnings.AddRange(found.Warnings);
        }

        foreach (var (link, policy) in policies.Links.Zip(policies.Policies.Skip(linkedFrom)))
        {
            errors.AddRange(ValidateLink(link, policy, types));
        }

        return new(errors.DrainToImmutable(), warnings.DrainToImmutable());
    }

    /// <summary>Types one policy strictly, in every environment of the schema. Errors are those of the validation.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="schema">What it may assume.</param>
    /// <param name="allowsUnguarded">
    /// Whether it may read optional attributes and tags without testing for them. Such a policy is not valid; its typed form serves to find
    /// the requests on which it errs.
    /// </param>
    /// <exception cref="ArgumentException">The policy has a slot: a template decides nothing; type its links.</exception>
    public static TypedPolicies Type(Policy policy, CedarSchema schema, bool allowsUnguarded = false)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(schema);
        if (policy.HasSlot)
        {
            throw new ArgumentException("A template has no type of its own; link it.", nameof(policy));
        }

        if (!CoreForm.Fits(policy))
        {
            return new([], [TooDeep(policy)]);
        }

        var types = new SchemaTypes(schema);
        var errors = Named(policy, types);
        var typed = ImmutableArray.CreateBuilder<TypedPolicy>();
        foreach (var (environment, answer) in Check(policy, CoreForm.Of(policy), types, ValidationMode.Strict, errors, allowsUnguarded))
        {
            if (answer.Typed is { } condition)
            {
                typed.Add(new(policy, environment.Request, condition));
            }
        }

        return errors.IsEmpty ? new(typed.DrainToImmutable(), []) : new([], errors.ToImmutable());
    }

    private static ValidationResult ValidateBody(Policy policy, SchemaTypes types, ValidationMode mode, int? maxLevel)
    {
        var errors = Named(policy, types);
        if (!CoreForm.Fits(policy))
        {
            return new([TooDeep(policy)], []);
        }

        var condition = CoreForm.Of(policy);
        var warnings = new Findings(policy.Id);
        var levels = new LevelCheck(maxLevel ?? int.MaxValue, errors);
        var isImpossible = true;
        foreach (var (environment, answer) in Check(policy, condition, types, mode, errors))
        {
            isImpossible &= answer.Type is CedarType.Boolean { Only: false };
            if (maxLevel is not null && answer.Typed is { } typed)
            {
                levels.Check(typed, environment.Request);
            }
        }

        if (isImpossible)
        {
            warnings.Add(ValidationCode.ImpossiblePolicy, policy.Span, "the policy is false for every valid request");
        }

        TextChecks.Check(condition, warnings);
        return new(errors.ToImmutable(), warnings.ToImmutable());
    }

    private static ImmutableArray<ValidationFinding> ValidateLink(TemplateLink link, Policy policy, SchemaTypes types)
    {
        var errors = new Findings(link.NewId);
        var names = new NameChecks(types, errors);
        if (link.Principal is { Type: var principal })
        {
            names.CheckType(principal, policy.PrincipalSpan);
        }

        if (link.Resource is { Type: var resource })
        {
            names.CheckType(resource, policy.ResourceSpan);
        }

        new ScopeChecks(types, errors).Check(policy);
        return errors.ToImmutable();
    }

    private static ValidationFinding TooDeep(Policy policy) =>
        new(ValidationCode.NestedTooDeep, policy.Id, "nested too deep", policy.Span, "split the policy in several");

    private static Findings Named(Policy policy, SchemaTypes types)
    {
        var errors = new Findings(policy.Id);
        new NameChecks(types, errors).Check(policy);
        new ScopeChecks(types, errors).Check(policy);
        return errors;
    }

    private static IEnumerable<(LinkedEnvironment Environment, Answer Answer)> Check(
        Policy policy, Syntax.Expr condition, SchemaTypes types, ValidationMode mode, Findings errors, bool allowsUnguarded = false)
    {
        var forms = new Forms();
        foreach (var environment in LinkedEnvironment.All(policy, types.Schema))
        {
            var checker = new Typechecker(types, mode, environment, forms, errors) { AllowsUnguarded = allowsUnguarded };
            yield return (environment, checker.CheckCondition(condition));
        }
    }
}
