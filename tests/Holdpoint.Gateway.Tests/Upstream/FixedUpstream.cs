using System.Collections.Immutable;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Tests.Upstream;

/// <summary>An upstream that lists models and answers nothing.</summary>
internal sealed class FixedUpstream(string name, ImmutableArray<ModelPattern> models, ImmutableArray<string> listed)
    : ModelUpstream(name, models)
{
    public override bool Speaks(ApiFamily family) => true;

    public int Listings { get; private set; }

    public override ValueTask<ForwardOutcome> SendAsync(UpstreamCall call, CancellationToken cancellationToken) =>
        new(new ForwardOutcome.Failed(UpstreamFaults.Unreachable));

    public override ValueTask<ImmutableArray<string>> ListModelsAsync(CancellationToken cancellationToken)
    {
        Listings++;
        return new(listed);
    }

    public override void Dispose()
    {
    }
}
