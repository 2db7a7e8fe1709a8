using Holdpoint.Wire;

namespace Holdpoint.Gateway.Identity;

/// <summary>The faults of clients whose key lacks a right (docs/reference/causes.md).</summary>
internal static class RightsFaults
{
    private const string RightMissing = "right_missing";

    public static Fault Call { get; } = Missing("to call models or to post evidence");

    public static Fault Review { get; } = Missing("to see or decide holds");

    public static Fault Audit { get; } = Missing("to read this part of the log");

    public static Fault Operate { get; } = Missing("to read the status");

    private static Fault Missing(string what) => Fault.Forbidden(RightMissing, $"This key has no right {what}.");
}
