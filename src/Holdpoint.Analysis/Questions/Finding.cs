using Holdpoint.Analysis.Terms;

namespace Holdpoint.Analysis.Questions;

/// <summary>What was found when something was searched for. Closed: every case is declared here.</summary>
internal abstract record Finding
{
    private Finding()
    {
    }

    /// <summary>There is none.</summary>
    public sealed record None : Finding;

    /// <summary>Here is one.</summary>
    public sealed record One(Interpretation Model) : Finding;

    /// <summary>Nobody knows.</summary>
    public sealed record Unknown(string Why) : Finding;
}
