using Holdpoint.Gateway.Budget;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Upstream;

namespace Holdpoint.Gateway.Calls;

/// <summary>Stage 7: who may run what, and who is asked.</summary>
internal sealed partial class CallPath
{
    private async ValueTask<Stop?> AdmitProviderToolsAsync(
        Exchange exchange, ByProvider providers, HoldRequest holdable, HoldRelease? release)
    {
        var established = providers.Established;
        if (!established.Request.HasProviderTools)
        {
            return null;
        }

        var decision = await NoteDecisionAsync(exchange, providers);
        var effects = EffectsOf(exchange.Active, established, holdable, release, decision);
        return await effects.AdmitProviderToolsAsync() is { } objection ? new(objection) : null;
    }

    /// <summary>Starts the upstream while the record of the decision is being written; gives its answer once that is durable.</summary>
    private async ValueTask<ForwardOutcome> ForwardAsync(
        Exchange exchange, ReadRequest read, ByProvider providers, bool isApproved, Deadline limit)
    {
        // A store that is known to fail will hardly take this record, and a model may not be asked without one.
        if (records.IsFailing)
        {
            await providers.Recorded;
        }

        // People approved it for one upstream of one provider.
        var routes = isApproved ? [read.Routes[0]] : read.Routes;
        var sending = forwarding.SendAsync(
            read.Request, routes, providers, exchange.Active.Limits.Retry, isApproved, limit.Token);
        try
        {
            await providers.Recorded;
        }
        catch
        {
            limit.Cancel();
            await DiscardAsync(sending);
            throw;
        }

        try
        {
            return await sending;
        }
        finally
        {
            // The outcome is about the provider that was asked last.
            await NoteDecisionAsync(exchange, providers);
        }
    }

    // It is in memory twice: as it was kept, and as it is read.
    private static ForwardOutcome Replay(KeptAnswer kept, ContentShare content) => content.TryTake(2L * kept.Body.Length)
        ? new ForwardOutcome.Answered(kept.Replay())
        : new ForwardOutcome.Failed(BudgetFaults.AnswerDoesNotFit);

    private static async Task DiscardAsync(ValueTask<ForwardOutcome> sending)
    {
        try
        {
            if (await sending is ForwardOutcome.Answered { Answer: var answer })
            {
                await answer.DisposeAsync();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or RecordUnavailableException)
        {
            // It was told to stop, or found out itself that nothing can be recorded. Why the call ends is known already.
        }
    }
}
