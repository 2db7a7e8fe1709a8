using Holdpoint.Analysis.Terms;
using Holdpoint.Policy;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Analysis.Symbolic;

/// <summary>All requests of one environment. Requests on one store may share parts: that is how two situations are compared.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Principal">The principal.</param>
/// <param name="Action">The action: a constant.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Context">The context: a record.</param>
internal sealed record SymbolicRequest(RequestEnvironment Environment, Term Principal, Term Action, Term Resource, Term Context)
{
    /// <summary>Any request of the environment.</summary>
    public static SymbolicRequest Any(SymbolicStore store, RequestEnvironment environment)
    {
        var (terms, types) = (store.Terms, store.Types);
        var action = environment.Action.Uid;
        return new(
            environment,
            terms.Variable("principal", types.OfEntity(environment.PrincipalType.Name)),
            terms.Constant(Value.Of(action), types.OfEntity(action.Type)),
            terms.Variable("resource", types.OfEntity(environment.ResourceType.Name)),
            store.Unknown(environment.Action.Context, "context", terms.Variable));
    }
}
