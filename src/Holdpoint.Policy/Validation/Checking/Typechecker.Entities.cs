using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation.Typed;
using Holdpoint.Policy.Validation.Types;

namespace Holdpoint.Policy.Validation.Checking;

/// <content>Entity types and ancestors.</content>
internal sealed partial class Typechecker
{
    private Answer CheckIs(Capabilities prior, IsExpr test)
    {
        var target = Expect(prior, test.Target, Expected.Entity, _ => "`is` tests the type of entities only");
        var type = target.Type switch
        {
            CedarType.EntityOf(var name) => name == test.EntityType ? CedarType.Boolean.True : CedarType.Boolean.False,
            EntityUnion union => union.Names.Contains(test.EntityType) ? CedarType.Boolean.Any : CedarType.Boolean.False,
            _ => CedarType.Boolean.Any,
        };
        return target.Typed is null || !TypeLattice.IsEntity(target.Typed.Type)
            ? Answer.Fault(type)
            : Answer.Success(new TypedExpr.Is(target.Typed, test.EntityType, type, test.Span));
    }

    private Answer CheckIn(Capabilities prior, BinaryExpr test)
    {
        var left = Expect(prior, test.Left, Expected.Entity, _ => "use `.contains(…)` to look into a set");
        var right = Expect(prior, test.Right, Expected.EntityOrSetOfEntities, actual => actual switch
        {
            CedarType.SetOf => "use `.contains(…)` to look into a set",
            CedarType.String => "use `like` to look into a string",
            _ => null,
        });
        if (left.Typed is null || right.Typed is null)
        {
            return Answer.Fault(CedarType.Boolean.Any);
        }

        return TypeOfIn(test, left.Typed.Type, right.Typed.Type) is { } type
            ? Answer.Success(new TypedExpr.In(left.Typed, right.Typed, type, test.Span))
            : Answer.Fault(CedarType.Boolean.Any);
    }

    /// <returns>Null when the right side names an action that is not declared, which another check reports.</returns>
    private CedarType.Boolean? TypeOfIn(BinaryExpr test, CedarType left, CedarType right)
    {
        if (LiteralOf(test.Left) is EntityValue { Uid: { IsAction: true } action } && LiteralsOf(test.Right) is { } groups)
        {
            // The schema has the whole hierarchy of actions, and an action is in nothing but actions.
            EntityUid[] actions = [.. groups.Where(g => g.IsAction)];
            return actions.Length == 0 ? CedarType.Boolean.False
                : schema.ActionsIn(actions) is not { } below ? null
                : below.Contains(action) ? CedarType.Boolean.True
                : CedarType.Boolean.False;
        }

        return CanBeIn(left, right is CedarType.SetOf(var element) ? element : right) ? CedarType.Boolean.Any : CedarType.Boolean.False;
    }

    private bool CanBeIn(CedarType type, CedarType ancestor) => (type, ancestor) switch
    {
        (CedarType.EntityOf(var one), CedarType.EntityOf(var other)) => schema.CanBeIn(one, other),
        (CedarType.EntityOf or EntityUnion, CedarType.EntityOf or EntityUnion) =>
            TypeLattice.NamesOf(type).Any(t => TypeLattice.NamesOf(ancestor).Any(a => schema.CanBeIn(t, a))),
        _ => true,
    };

    /// <summary>The entities that a literal or a set of literals names; null for anything else.</summary>
    private List<EntityUid>? LiteralsOf(Expr expression)
    {
        var named = new List<EntityUid>();
        foreach (var one in expression is SetExpr(var elements) ? elements : [expression])
        {
            if (LiteralOf(one) is not EntityValue { Uid: var uid })
            {
                return null;
            }

            named.Add(uid);
        }

        return named;
    }
}
