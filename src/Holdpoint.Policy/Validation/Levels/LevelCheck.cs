using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation.Checking;
using Holdpoint.Policy.Validation.Typed;
using Holdpoint.Policy.Validation.Types;

namespace Holdpoint.Policy.Validation.Levels;

/// <summary>
/// Counts the steps from entity to entity that typed conditions take (RFC 76). A step is an attribute, a tag or an ancestor of an entity;
/// the entities of the request are where steps begin.
/// </summary>
internal sealed class LevelCheck(int maxLevel, Findings findings)
{
    /// <summary>The most steps that anything took so far.</summary>
    public int Deepest { get; private set; }

    /// <summary>Whether a step began at an entity that the policy names.</summary>
    public bool BeginsAtLiteral { get; private set; }

    public void Check(TypedExpr expression, RequestEnvironment environment)
    {
        switch (expression)
        {
            case TypedExpr.Has(var target, _, _, _) when TypeLattice.IsEntity(target.Type):
                Step(target, expression.Span, environment);
                break;
            case TypedExpr.Get(var target, _, _, _) when TypeLattice.IsEntity(target.Type):
                Step(target, expression.Span, environment);
                break;
            case TypedExpr.In(var left, var right, _, _):
                Step(left, expression.Span, environment);
                Check(right, environment);
                break;
            case TypedExpr.Call(Function.GetTag or Function.HasTag, [var target, var tag], _, _):
                Step(target, expression.Span, environment);
                Check(tag, environment);
                break;
            default:
                foreach (var child in expression.Children)
                {
                    Check(child, environment);
                }

                break;
        }
    }

    private void Step(TypedExpr target, SourceSpan span, RequestEnvironment environment)
    {
        var taken = Distance(target, [], environment) + 1;
        Deepest = Math.Max(Deepest, taken);
        if (taken > maxLevel)
        {
            findings.Add(
                ValidationCode.LevelExceeded, span,
                $"this needs level {taken}: it takes {taken} steps from entity to entity, and {maxLevel} are allowed");
        }
    }

    /// <summary>The steps to an entity, from the request.</summary>
    /// <param name="target">An expression of an entity, or of a record that has the entity under the path.</param>
    /// <param name="path">The attributes of records still to be read, the next one last.</param>
    /// <param name="environment">The environment.</param>
    private int Distance(TypedExpr target, List<string> path, RequestEnvironment environment)
    {
        switch (target)
        {
            case TypedExpr.Variable:
                return 0;
            case TypedExpr.Literal { Value: EntityValue { Uid: var uid } } when uid == environment.Action.Uid:
                return 0;
            case TypedExpr.If(var condition, var then, var @else, _, _):
                Check(condition, environment);
                return Math.Max(Distance(then, [.. path], environment), Distance(@else, path, environment));
            case TypedExpr.Get(var inner, _, _, _) when TypeLattice.IsEntity(inner.Type):
                return Distance(inner, [], environment) + 1;
            case TypedExpr.Get(var inner, var name, _, _):
                path.Add(name);
                return Distance(inner, path, environment);
            case TypedExpr.Call(Function.GetTag, [var entity, var tag], _, _):
                Check(tag, environment);
                return Distance(entity, [], environment) + 1;
            case TypedExpr.Record(var fields, _, _) when path.Count > 0:
                return DistanceOfField(fields, path, environment);
            default:
                // A literal, or a slot: what a level loads does not begin there.
                BeginsAtLiteral = true;
                findings.Add(
                    ValidationCode.LiteralDereference, target.Span, "data of an entity that the policy names, which no level loads",
                    "reach the entity from the principal, the resource or the context");
                return 0;
        }
    }

    /// <summary>
    /// Of a record that is written out only the field that is read matters for the distance; the others are evaluated all the same.
    /// </summary>
    private int DistanceOfField(IEnumerable<KeyValuePair<string, TypedExpr>> fields, List<string> path, RequestEnvironment environment)
    {
        var name = path[^1];
        path.RemoveAt(path.Count - 1);
        var distance = 0;
        foreach (var (key, value) in fields)
        {
            if (key == name)
            {
                distance = Distance(value, path, environment);
            }
            else
            {
                Check(value, environment);
            }
        }

        return distance;
    }
}
