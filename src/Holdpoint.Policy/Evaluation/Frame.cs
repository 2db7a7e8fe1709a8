using System.Diagnostics;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Evaluation;

/// <summary>One evaluation: the request, the entities, what is known already, and the error when a node has failed.</summary>
internal struct Frame(Request request, RecordValue context, EntityStore entities, Scratch scratch)
{
    private readonly Value?[] _kept = scratch.Kept;
    private EvaluationError? _error;

    public Request Request { get; } = request;

    /// <summary>The request's own context, or the one that it is asked with instead.</summary>
    public RecordValue Context { get; } = context;

    public EntityStore Entities { get; } = entities;

    // Looked up once: nearly every policy asks for one of the three.
    public StoredEntity? Principal { get; } = entities.Find(request.PrincipalValue);

    public StoredEntity? Action { get; } = entities.Find(request.ActionValue);

    public StoredEntity? Resource { get; } = entities.Find(request.ResourceValue);

    public readonly StoredEntity? Find(EntityValue entity) =>
        ReferenceEquals(entity, Request.PrincipalValue) ? Principal
        : ReferenceEquals(entity, Request.ResourceValue) ? Resource
        : ReferenceEquals(entity, Request.ActionValue) ? Action
        : Entities.Find(entity);

    /// <summary>What the shared expression of that slot came to; null when it was not asked for yet, or failed.</summary>
    public readonly Value? Kept(int slot) => _kept[slot];

    public readonly void Keep(int slot, Value value) => scratch.Keep(slot, value);

    public void Fail(EvaluationFault fault, string message, SourceSpan span) => _error = new(fault, message, span);

    public void Fail(EvaluationError error) => _error = error;

    public EvaluationError TakeError()
    {
        var error = _error ?? throw new UnreachableException("A node failed without saying why.");
        _error = null;
        return error;
    }
}
