namespace Holdpoint.Agreements;

/// <summary>One thing that keeps an agreement from being loaded.</summary>
/// <param name="Code">A stable code, one of <see cref="ProblemCode"/>; never reused for another problem.</param>
/// <param name="Place">The file within the folder, with line and column where there are any: <c>clauses/x.cedar:3:7</c>.</param>
/// <param name="Message">The problem, in one sentence without a final stop.</param>
/// <param name="Fix">The remedy.</param>
public sealed record AgreementProblem(string Code, string Place, string Message, string Fix)
{
    /// <summary>The problem as one line.</summary>
    public override string ToString() => $"{Code} {Place}: {Message}; {Fix}";
}
