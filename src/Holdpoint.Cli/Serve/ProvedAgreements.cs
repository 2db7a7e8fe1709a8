using System.Collections.Immutable;
using System.Diagnostics;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Counterexamples;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Cli.Proofs;
using Holdpoint.Gateway.Activation;

namespace Holdpoint.Cli.Serve;

/// <summary>
/// The gate of <c>serve</c>: an agreement takes effect when theorems 1 to 6 are proved, by a signed proof that travels with it or by the
/// solvers of this machine. Here the analysis and the gateway meet; neither knows the other.
/// </summary>
/// <param name="log">Told of each proof that is looked for.</param>
internal sealed class ProvedAgreements(ServeLog log)
{
    // What an operator reads at a start. The command that says it all is named.
    private const int MaxReasons = 10;

    public async Task<ActivationRuling> RuleAsync(Agreement agreement, string folder, CancellationToken cancellationToken)
    {
        List<string> passedOver = [];
        if (ProofStatement.Find(agreement, folder, TimeProvider.System.GetUtcNow(), passedOver) is var (id, proof))
        {
            var statement = id.ToString();
            log.VouchedFor(statement);
            return new ActivationRuling.Admitted([.. proof.Theorems.Intersect(ProofStatement.Theorems)], proof.Solvers, id);
        }

        if (SolverTool.Installed() is not { IsEmpty: false } installed)
        {
            return new ActivationRuling.Refused(
            [
                "  it is not proved, and no solver is here to prove it: install z3 or cvc5, or both (Debian: apt-get install z3 cvc5),",
                "  or add a signed proof of this version to its folder "
                    + "(`holdpoint prove DIR --sign KEY --out DIR/proofs/NAME.json`, where solvers are)",
                .. passedOver.Select(reason => "  " + reason),
            ]);
        }

        try
        {
            using var solvers = new SolverPool(installed, patience: Patience.All);
            var names = string.Join(" and ", installed.Select(tool => ProofStatement.NameOf(tool.Kind)));
            log.Proving(names);
            var start = Stopwatch.GetTimestamp();
            var proved = await new AgreementProver(solvers).ProveAsync(agreement, cancellationToken);
            var result = proved.IsProved ? "proved" : "not proved";
            var seconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 1);
            log.Concluded(result, seconds);
            return proved.IsProved
                ? new ActivationRuling.Admitted(ProofStatement.Theorems, [.. proved.Solvers.Select(ProofStatement.NameOf)], Proof: null)
                : new ActivationRuling.Refused([.. Reasons(proved), .. passedOver.Select(reason => "  " + reason)]);
        }
        catch (SolverException fault)
        {
            return new ActivationRuling.Refused(["  " + fault.Message]);
        }
    }

    private static ImmutableArray<string> Reasons(AgreementProof proof)
    {
        var open = proof.Theorems.Where(theorem => theorem.Result != ProofResult.Proved).ToList();
        return
        [
            .. open.Take(MaxReasons).Select(theorem =>
                $"  {theorem.Theorem} is {(theorem.Result == ProofResult.Refuted ? "refuted" : "not proved")} of "
                + (theorem.Clause?.ToString() ?? "the agreement")
                + (theorem.Why is { } why ? $": {why}" : "")
                + (theorem.Witnesses is [.., var witness] ? $": {WitnessText.Describe(witness)}" : "")),
            $"  {open.Count} in all; `holdpoint prove DIR` shows each",
        ];
    }
}
