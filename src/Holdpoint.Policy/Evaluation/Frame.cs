using System.Diagnostics;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Evaluation;

/// <summary>One evaluation: the request, the entities, and the error when a node has failed.</summary>
internal struct Frame(Request request, EntityStore entities)
{
    private EvaluationError? _error;

    public Request Request { get; } = request;

    public EntityStore Entities { get; } = entities;

    // Looked up once: nearly every policy asks for one of the three.
    public StoredEntity? Principal { get; } = entities.Find(request.Principal);

    public StoredEntity? Action { get; } = entities.Find(request.Action);

    public StoredEntity? Resource { get; } = entities.Find(request.Resource);

    public readonly StoredEntity? Find(EntityValue entity) =>
        ReferenceEquals(entity, Request.PrincipalValue) ? Principal
        : ReferenceEquals(entity, Request.ResourceValue) ? Resource
        : ReferenceEquals(entity, Request.ActionValue) ? Action
        : Entities.Find(entity.Uid);

    public void Fail(EvaluationFault fault, string message, SourceSpan span) => _error = new(fault, message, span);

    public void Fail(EvaluationError error) => _error = error;

    public EvaluationError TakeError()
    {
        var error = _error ?? throw new UnreachableException("A node failed without saying why.");
        _error = null;
        return error;
    }
}
