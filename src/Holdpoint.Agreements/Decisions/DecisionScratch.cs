using Holdpoint.Policy;

namespace Holdpoint.Agreements;

/// <summary>
/// The working memory of one decision, which a thread keeps for its next. Taken out for as long as a decision lasts, so that no two ever
/// share one: a decision that finds none makes its own, and one that throws does not bring it back.
/// </summary>
internal sealed class DecisionScratch
{
    [ThreadStatic]
    private static DecisionScratch? Spare;

    public ContextBuffer Context { get; } = new();

    public PolicyOutcomes Outcomes { get; } = new();

    public static DecisionScratch Take()
    {
        var scratch = Spare ?? new();
        Spare = null;
        return scratch;
    }

    /// <summary>Gives it back, with nothing of the situation left in it.</summary>
    public void GiveBack()
    {
        Context.Clear();
        Spare = this;
    }
}
