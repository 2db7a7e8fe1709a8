namespace Holdpoint.Gateway.Records;

/// <summary>
/// What a decision relies on and a reload can take away: the client's key, statements, approvals. Asked on the writer's thread, at the
/// record's place in the log, and perhaps when its request has ended: quick, waits for nothing, changes nothing.
/// </summary>
internal interface IReliance
{
    /// <summary>Whether all of it is there still.</summary>
    bool StillHolds();
}
