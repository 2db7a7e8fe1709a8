using Holdpoint.Agreements;
using Holdpoint.Analysis.Changes;
using Holdpoint.Analysis.Counterexamples;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Tests.Solvers;
using Holdpoint.Testing;

namespace Holdpoint.Analysis.Tests.Counterexamples;

public sealed class WitnessTextTests
{
    [Fact]
    public async Task A_witness_reads_as_a_call_that_a_person_understands()
    {
        using var pool = InstalledSolvers.Pool(patience: Patience.First);
        var agreement = AgreementFolder.Load(Repo.Path("agreements", "red-lines")).Agreement!;

        var impact = await new ChangeAnalysis(pool)
            .WithoutAsync(agreement, new("unattested-volume"), TestContext.Current.CancellationToken);

        var texts = impact!.Changes.Select(c => WitnessText.Describe(c.Witness)).ToList();
        Assert.True(texts.Contains(
            "A principal of analysts-cloud, of agency, calls a model of openai, from an environment that is proved to be cloud. "
            + "The content: 262,145 bytes that nobody vouches for. There is no authority."), string.Join('\n', texts));
    }
}
