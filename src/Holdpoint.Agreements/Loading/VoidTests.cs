using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation;
using Holdpoint.Policy.Validation.Typed;

namespace Holdpoint.Agreements.Loading;

/// <summary>
/// Finds the tests inside a condition that no valid request passes: a value of the wrong list, an attribute that nothing here has. Beside
/// an <c>||</c> the policy still applies to some request, so the validator reports nothing; but the test protects nothing.
/// </summary>
internal static class VoidTests
{
    public static IEnumerable<SourceSpan> In(Policy.Policy policy, CedarSchema schema)
    {
        // In one kind of request a test may well be void, as `resource is Tool` is in a call to a model.
        var isVoid = new Dictionary<(SourceSpan, Type, string?), bool>();
        foreach (var typed in Validator.Type(policy, schema).ByEnvironment)
        {
            foreach (var test in Tests(typed.Condition))
            {
                var key = (test.Span, test.GetType(), (test as TypedExpr.Has)?.Name);
                isVoid[key] = isVoid.GetValueOrDefault(key, true) && test.Type is CedarType.Boolean { Only: false };
            }
        }

        return isVoid.Where(test => test.Value).Select(test => test.Key.Item1).Distinct();
    }

    private static IEnumerable<TypedExpr> Tests(TypedExpr part)
    {
        var inside = part.Children.SelectMany(Tests);
        return part is TypedExpr.Equal or TypedExpr.In or TypedExpr.Is or TypedExpr.Has ? inside.Append(part) : inside;
    }
}
