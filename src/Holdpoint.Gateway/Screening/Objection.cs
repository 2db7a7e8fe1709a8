using Holdpoint.Agreements;
using Holdpoint.Gateway.Holds;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Screening;

/// <summary>The reason that something of an answer may not be released. Closed: every case is declared here.</summary>
internal abstract record Objection
{
    private Objection()
    {
    }

    /// <summary>The agreement refuses it, and that is recorded.</summary>
    public sealed record Refused(Decision Decision, long Record) : Objection;

    /// <summary>People have to decide. Not yet recorded: first all of the answer is kept, then hold and record are made together.</summary>
    public sealed record ToBeHeld(PendingHold Pending) : Objection;

    /// <summary>The answer cannot be read, or is larger than allowed. Not yet recorded.</summary>
    public sealed record Faulted(Fault Fault) : Objection;

    public static implicit operator Objection(Fault fault) => new Faulted(fault);
}
