using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation;
using Holdpoint.Policy.Validation.Levels;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests.Validation;

/// <summary>What validity promises, against our own evaluator.</summary>
public sealed class SoundnessTests
{
    private static readonly int Runs = TestScale.Of(1_000, 200_000);

    [Fact]
    public void A_strictly_valid_policy_never_errs_on_a_valid_request_but_by_overflow()
    {
        var valid = 0;
        Check(from policy in OfficeWorld.Policies from world in Worlds select (policy, world), sample =>
        {
            var ((policy, (request, store)), isValid) = (sample, Validate(sample.policy).IsValid);
            if (!isValid)
            {
                return;
            }

            valid++;
            foreach (var outcome in PolicySet.Create([policy]).Compile().Evaluate(request, store).All)
            {
                Assert.True(outcome.Error is null or { Fault: EvaluationFault.Overflow }, $"{outcome.Error}\n{policy}");
            }
        });

        Assert.True(valid > Runs / 20, $"{valid} of {Runs} policies were valid");
    }

    [Fact]
    public void Validity_promises_nothing_about_overflow()
    {
        var policy = Assert.Single(
            PolicyParser.Parse(Office.Viewing("9223372036854775807 + context.at.toTime().toHours() + 1 > 1")).Policies);
        var request = new Request(new("User", "a"), new("Action", "view"), new("Doc", "d"), Value.Record([new("at", Midnight)]));

        Assert.True(Validate(policy).IsValid);
        Assert.Equal(
            EvaluationFault.Overflow,
            Assert.Single(PolicySet.Create([policy]).Compile().Evaluate(request, EntityStore.Empty).All.ToArray()).Error?.Fault);
    }

    [Fact]
    public void What_strict_accepts_permissive_accepts()
    {
        var strict = 0;
        Check(Gen.OneOf(OfficeWorld.Policies, Policies.Generator), policy =>
        {
            if (Validate(policy).IsValid)
            {
                strict++;
                Assert.True(Validate(policy, ValidationMode.Permissive).IsValid, policy.ToString());
            }
        });

        Assert.True(strict > Runs / 20, $"{strict} of {Runs} policies were valid");
    }

    [Fact]
    public void A_permissively_valid_policy_does_not_err_for_its_types_either()
    {
        var valid = 0;
        Check(from policy in OfficeWorld.Policies from world in Worlds select (policy, world), sample =>
        {
            if (Validate(sample.policy, ValidationMode.Permissive).IsValid)
            {
                valid++;
                Assert.All(
                    PolicySet.Create([sample.policy]).Compile().Evaluate(sample.world.Request, sample.world.Store).All.ToArray(),
                    o => Assert.True(
                        o.Error is null or { Fault: EvaluationFault.Overflow or EvaluationFault.BadExtensionText },
                        $"{o.Error}\n{sample.policy}"));
            }
        });

        Assert.True(valid > Runs / 20, $"{valid} of {Runs} policies were valid");
    }

    [Fact]
    public void A_policy_that_its_types_call_impossible_never_applies()
    {
        var impossible = 0;
        Check(from policy in OfficeWorld.Policies from world in Worlds select (policy, world), sample =>
        {
            var typed = Validator.Type(sample.policy, Office.Schema);
            var (request, store) = sample.world;
            if (typed.ByEnvironment.FirstOrDefault(t => IsOf(request, t.Environment))?.IsImpossible == true)
            {
                impossible++;
                Assert.DoesNotContain(
                    PolicySet.Create([sample.policy]).Compile().Evaluate(request, store).All.ToArray(), o => o.IsSatisfied);
            }
        });

        Assert.True(impossible > Runs / 100);
    }

    [Fact]
    public void On_a_slice_of_its_level_a_policy_decides_as_on_the_whole_store()
    {
        var (sliced, smaller) = (0, 0);
        Check(from policy in OfficeWorld.Policies from world in Worlds select (policy, world), sample =>
        {
            var (policy, (request, store)) = sample;
            if (LevelValidator.LevelOf(Validator.Type(policy, Office.Schema)) is not { } level)
            {
                return;
            }

            var slice = EntitySlice.Of(request, store, level);
            var authorizer = PolicySet.Create([policy]).Compile();
            var (whole, part) = (authorizer.Authorize(request, store), authorizer.Authorize(request, slice));
            sliced++;
            smaller += slice.Count < store.Count ? 1 : 0;
            Assert.Equal(whole.Decision, part.Decision);
            Assert.Equal(whole.Reasons, part.Reasons);
            Assert.Equal(whole.Errors.Select(e => e.PolicyId), part.Errors.Select(e => e.PolicyId));
        });

        Assert.True(sliced > Runs / 50 && smaller > sliced / 2, $"{sliced} sliced, {smaller} smaller");
    }

    private static Gen<(Request Request, EntityStore Store)> Worlds =>
        from request in OfficeWorld.Requests from store in OfficeWorld.Stores select (request, store);

    private static Value Midnight =>
        DateTimeValue.TryParse("2024-01-01", out var midnight) ? midnight : throw new InvalidOperationException();

    private static bool IsOf(Request request, RequestEnvironment environment) =>
        request.Principal.Type == environment.PrincipalType.Name && request.Action == environment.Action.Uid
        && request.Resource.Type == environment.ResourceType.Name;

    private static ValidationResult Validate(Policy policy, ValidationMode mode = ValidationMode.Strict) =>
        Validator.Validate(PolicySet.Create([policy]), Office.Schema, mode);

    private static void Check<T>(Gen<T> samples, Action<T> test) =>
        Prop.ForAll(Arb.From(samples), test).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));
}
