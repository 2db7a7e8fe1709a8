using Holdpoint.Gateway.Storage;

namespace Holdpoint.Gateway.Records;

/// <summary>The reason that no record was written.</summary>
internal enum RecordFault
{
    /// <summary>Too much waits for the store; soon again.</summary>
    Overloaded,

    /// <summary>The store failed: disk full, read-only, locked, damaged.</summary>
    StoreFailed,

    /// <summary>The gateway is stopping.</summary>
    Stopped,

    /// <summary>The record would be larger than 16 KiB, or its disclosures larger than 8 MiB.</summary>
    TooLarge,

    /// <summary>A reload took away what the decision relies on.</summary>
    Superseded,
}

/// <summary>The record was not written: what it records must not happen. The message holds no path and no content.</summary>
internal sealed class RecordUnavailableException(RecordFault fault, Exception? inner = null) : Exception(Text(fault), inner)
{
    public RecordFault Fault { get; } = fault;

    public static RecordUnavailableException From(StoreFault fault, Exception? inner = null) => new(
        fault switch
        {
            StoreFault.Overloaded => RecordFault.Overloaded,
            StoreFault.Stopped => RecordFault.Stopped,
            _ => RecordFault.StoreFailed,
        },
        inner);

    private static string Text(RecordFault fault) => fault switch
    {
        RecordFault.Overloaded => "No record can be written now: too many are waiting.",
        RecordFault.Stopped => "No record can be written: the gateway is stopping.",
        RecordFault.Superseded => "No record is written: what the decision relies on is gone.",
        RecordFault.TooLarge => "No record can be written: it would be too large.",
        _ => "No record can be written: the store failed.",
    };
}
