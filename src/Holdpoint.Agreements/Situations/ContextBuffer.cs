using Holdpoint.Policy;

namespace Holdpoint.Agreements;

/// <summary>The records of a context, as <see cref="SituationContext"/> writes them. Belongs to one thread at a time.</summary>
internal sealed class ContextBuffer
{
    public RecordBuffer Context { get; } = new();

    public RecordBuffer Authority { get; } = new();

    public RecordBuffer Claimed { get; } = new();

    public RecordBuffer Content { get; } = new();

    public RecordBuffer Exposure { get; } = new();

    public RecordBuffer Signals { get; } = new();

    public void Clear()
    {
        Context.Clear();
        Authority.Clear();
        Claimed.Clear();
        Content.Clear();
        Exposure.Clear();
        Signals.Clear();
    }
}
