namespace Holdpoint.Analysis.Tests.Soundness;

/// <summary>What was compared.</summary>
internal sealed class SmallTally
{
    public int Schemas { get; set; }

    public int Questions { get; set; }

    public int Proved { get; set; }

    public int Refuted { get; set; }

    public int Unknown { get; set; }

    /// <summary>Questions for which every world was tried, so that both answers are known.</summary>
    public int Counted { get; set; }

    /// <summary>Questions to which both solvers gave a definite answer.</summary>
    public int AskedTwice { get; set; }

    public long Worlds { get; set; }

    public override string ToString() =>
        $"{Schemas} schemas, {Questions} questions ({Counted} with every world tried, "
        + $"{AskedTwice} answered by both solvers); answers of one solver: "
        + $"{Proved} proved, {Refuted} refuted, {Unknown} unknown; {Worlds} worlds";
}
