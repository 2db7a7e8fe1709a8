using Holdpoint.Agreements;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Effects;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Upstream;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// The decisions on one call for each provider of its routes. Another provider is another subject: the call is decided for it, and so are
/// the tools that it would run, with durable records, before it gets the body. Under an approval there is one route alone. Belongs to one
/// call; not thread-safe.
/// </summary>
/// <param name="deciding">Decides the call for another provider.</param>
/// <param name="effects">Decides what another provider would run.</param>
/// <param name="records">The log.</param>
/// <param name="first">What was established of the call for the provider of its first route.</param>
/// <param name="route">That route.</param>
/// <param name="recording">The record that permits the call to that provider; its index, once the record is durable.</param>
internal sealed class ByProvider(
    Deciding deciding, EffectDeciding effects, RecordLog records, Established first, Route route, Task<long> recording)
{
    private readonly Established _first = first;
    private Dictionary<string, Permission?>? _others;
    private Permission? _other;

    /// <summary>The established facts of the call for the route that was entered last.</summary>
    public Established Established { get; private set; } = first;

    /// <summary>The route that was entered last.</summary>
    public Route Route { get; private set; } = route;

    /// <summary>Whether anything of the call was sent to anybody.</summary>
    public bool WasSent { get; set; }

    /// <summary>Completes when the first decision is durable; until then nothing of an answer may be released.</summary>
    public Task Recorded => recording;

    /// <summary>The record that permits the call to the provider of that route; its index, once the record is durable.</summary>
    public Task<long> Decision => _other is null ? recording : Task.FromResult(_other.Record);

    /// <summary>Makes the route the call's own, with what was decided for its provider.</summary>
    /// <returns>
    /// False where the agreement does not permit the call to that provider as it is: that is recorded, and the route skipped.
    /// </returns>
    /// <exception cref="RecordUnavailableException">It could not be recorded, so nothing may be sent.</exception>
    public async ValueTask<bool> EnterAsync(Route route)
    {
        if (route.Provider == _first.Subject.Provider)
        {
            (_other, Established) = (null, _first);
        }
        else
        {
            // What the call was first decided for is recorded before anything else is.
            await recording;
            if (await PermissionOfAsync(route) is not { } permission)
            {
                return false;
            }

            (_other, Established) = (permission, permission.Established);
        }

        Route = route;
        if (Established.Model != route.Model)
        {
            Established = Established.For(route.Provider, route.Model);
        }

        return true;
    }

    private async ValueTask<Permission?> PermissionOfAsync(Route route)
    {
        _others ??= [];
        if (!_others.TryGetValue(route.Provider, out var known))
        {
            var established = _first.For(route.Provider, route.Model);
            var opening = established.Opening() with { About = await Decision };
            var decided = deciding.Decide(opening, established.Subject, established.Situation);
            var record = await records.AppendAsync(decided.Draft);
            _others[route.Provider] = known =
                decided.IsPermit && await MayRunToolsAsync(established, record) ? new(established, record) : null;
        }

        return known;
    }

    private async ValueTask<bool> MayRunToolsAsync(Established established, long decision)
    {
        var request = established.Request;
        foreach (var tool in request.Call.Tools)
        {
            if (tool.RunByProvider)
            {
                var draft = established.Draft(RecordKind.Effect, decision);
                var decided = effects.Decide(Effect.Of(tool), [tool], request.Client, established.Situation, draft, Seats.None);
                await records.AppendAsync(decided.Draft);
                if (!decided.IsPermit)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private sealed record Permission(Established Established, long Record);
}
