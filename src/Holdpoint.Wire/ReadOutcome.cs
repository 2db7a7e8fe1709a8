namespace Holdpoint.Wire;

/// <summary>The outcome of reading a request. Closed: every case is declared here.</summary>
internal abstract record ReadOutcome
{
    private ReadOutcome()
    {
    }

    /// <summary>Every byte was understood.</summary>
    public sealed record Readable(Call Call) : ReadOutcome;

    /// <summary>Some of the request was not understood, so nothing is forwarded.</summary>
    public sealed record Unreadable(Fault Fault) : ReadOutcome;
}
