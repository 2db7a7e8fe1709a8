namespace Holdpoint.Wire;

/// <summary>What became of reading a request. Closed: every case is declared here.</summary>
internal abstract record ReadOutcome
{
    private ReadOutcome()
    {
    }

    /// <summary>Every byte was understood.</summary>
    public sealed record Readable(Call Call) : ReadOutcome;

    /// <summary>Something was not understood, so nothing is sent on.</summary>
    public sealed record Unreadable(Fault Fault) : ReadOutcome;
}
