using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Validation.Checking;

/// <summary>Numbers the forms of the expressions of one policy, so that they are compared once and not in every environment.</summary>
internal sealed class Forms
{
    private readonly Dictionary<Expr, int> _byForm = [];
    private readonly Dictionary<Expr, int> _byPlace = new(ReferenceEqualityComparer.Instance);

    public int Of(Expr expression)
    {
        if (!_byPlace.TryGetValue(expression, out var number))
        {
            if (!_byForm.TryGetValue(expression, out number))
            {
                _byForm[expression] = number = _byForm.Count;
            }

            _byPlace[expression] = number;
        }

        return number;
    }
}
