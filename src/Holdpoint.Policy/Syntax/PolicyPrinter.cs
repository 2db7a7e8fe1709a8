using System.Text;

namespace Holdpoint.Policy.Syntax;

/// <summary>Writes policies and expressions as Cedar text that parses back to the same tree. Thread-safe, without culture.</summary>
public static class PolicyPrinter
{
    /// <summary>The policy, with its annotations in ordinal order, up to its semicolon. Its id is not part of the text.</summary>
    public static string Print(Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var text = new StringBuilder();
        foreach (var (name, value) in policy.Annotations)
        {
            text.Append('@').Append(name);
            if (value.Length > 0)
            {
                text.Append('(').Append(CedarText.Quote(value)).Append(')');
            }

            text.Append('\n');
        }

        text.Append(policy.Effect == Effect.Permit ? "permit" : "forbid").Append(" (");
        AppendScope(text, "principal", policy.Principal);
        text.Append(", action");
        switch (policy.Action)
        {
            case ActionConstraint.Equal(var action):
                text.Append(" == ").Append(action);
                break;
            case ActionConstraint.In(var actions):
                text.Append(" in [").AppendJoin(", ", actions).Append(']');
                break;
        }

        text.Append(", ");
        AppendScope(text, "resource", policy.Resource);
        text.Append(')');
        foreach (var condition in policy.Conditions)
        {
            text.Append(condition.Kind == ConditionKind.When ? "\nwhen { " : "\nunless { ");
            new ExpressionPrinter(text).Append(condition.Body);
            text.Append(" }");
        }

        return text.Append(';').ToString();
    }

    /// <summary>The template, like a policy, with its slots.</summary>
    public static string Print(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return Print(template.Body);
    }

    /// <summary>The expression, in as few brackets as its meaning needs.</summary>
    public static string Print(Expr expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var text = new StringBuilder();
        new ExpressionPrinter(text).Append(expression);
        return text.ToString();
    }

    private static void AppendScope(StringBuilder text, string variable, ScopeConstraint constraint)
    {
        text.Append(variable);
        switch (constraint)
        {
            case ScopeConstraint.Equal(var entity):
                text.Append(" == ").Append(Reference(entity));
                break;
            case ScopeConstraint.In(var entity):
                text.Append(" in ").Append(Reference(entity));
                break;
            case ScopeConstraint.Is(var type):
                text.Append(" is ").Append(type);
                break;
            case ScopeConstraint.IsIn(var type, var entity):
                text.Append(" is ").Append(type).Append(" in ").Append(Reference(entity));
                break;
        }

        string Reference(EntityReference reference) => reference is EntityReference.Known(var uid) ? uid.ToString() : $"?{variable}";
    }
}
