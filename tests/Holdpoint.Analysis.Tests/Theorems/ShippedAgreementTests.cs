using Holdpoint.Agreements;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Tests.Solvers;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Testing;

namespace Holdpoint.Analysis.Tests.Theorems;

public sealed class ShippedAgreementTests
{
    [Fact]
    public async Task Red_lines_proves_every_theorem_with_every_solver()
    {
        Assert.SkipUnless(TestScale.IsLong, "in the long form only; in the short one, Holdpoint.Cli.Tests has `prove --sign`");
        using var pool = InstalledSolvers.Pool(patience: Patience.All);
        var agreement = AgreementFolder.Load(Repo.Path("agreements", "red-lines")).Agreement!;

        var proof = await new AgreementProver(pool).ProveAsync(agreement, TestContext.Current.CancellationToken);

        foreach (var t in proof.Theorems)
        {
            TestContext.Current.SendDiagnosticMessage($"{t.Theorem} {t.Clause} {t.Result} {t.Time.TotalMilliseconds:0} ms {t.Why} "
                + $"{t.Witnesses.FirstOrDefault()?.Request.Context}");
        }

        Assert.DoesNotContain(proof.Theorems, t => t.Result != ProofResult.Proved);
        Assert.Equal(agreement.Bundle, proof.Bundle);
        Assert.Equal(Enum.GetValues<Theorem>().Except([Theorem.T7]), proof.Theorems.Select(t => t.Theorem).Distinct().Order());
    }
}
