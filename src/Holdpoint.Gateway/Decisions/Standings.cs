using Holdpoint.Gateway.Records;

namespace Holdpoint.Gateway.Decisions;

/// <summary>
/// How one call stands with each provider of its routes. Another provider is another subject: the call is decided for it, with a durable
/// record, before it gets the body. What people approved, they approved for the provider that was asked first. Belongs to one call; not thread-safe.
/// </summary>
internal sealed class Standings(CallInProgress call, Task recording)
{
    private readonly Dictionary<string, Standing?> _byProvider = [];
    private string _current = call.Route!.Value.Provider;

    /// <summary>Makes the route the call's own, with what was decided for its provider.</summary>
    /// <returns>False where the agreement does not permit the call to that provider as it is: that is recorded, and the route skipped.</returns>
    /// <exception cref="RecordUnavailableException">It could not be recorded, so nothing may be sent.</exception>
    public async ValueTask<bool> EnterAsync(Route route)
    {
        if (route.Provider != _current)
        {
            // What the call was first decided for is recorded before anything else is; until then nobody else touches the call.
            await recording;
            _byProvider.TryAdd(_current, new(call.Established!, call.Decided!.Value));
            if (!_byProvider.TryGetValue(route.Provider, out var standing))
            {
                _byProvider[route.Provider] = standing = await DecideAsync(route);
            }

            if (standing is null)
            {
                return false;
            }

            (call.Established, call.Decided, _current) = (standing.Established, standing.Record, route.Provider);
        }

        call.Route = route;
        return true;
    }

    private async ValueTask<Standing?> DecideAsync(Route route)
    {
        var established = call.Established! with { Subject = call.Established.Subject with { Provider = route.Provider } };
        var draft = call.OpeningDraft() with { Model = route.Model };
        var decided = call.Active.Decider.Decide(draft, established.Subject, established.Situation);
        var record = await call.Active.Decider.RecordAsync(decided.Draft);
        return decided.IsPermit ? new(established, record) : null;
    }

    private sealed record Standing(Established Established, long Record);
}
