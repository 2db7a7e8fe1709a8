namespace Holdpoint.Policy.Evaluation;

/// <summary>A policy ready for evaluation: its scope as numbers into the <see cref="ScopeTable"/>, its conditions as nodes.</summary>
internal sealed class CompiledPolicy
{
    private readonly (Node Body, Truth Applies)[] _conditions;

    private CompiledPolicy(Policy source, int principal, int action, int resource)
    {
        Source = source;
        Principal = principal;
        Action = action;
        Resource = resource;
        _conditions = [.. source.Conditions.Select(
            c => (Compiler.Compile(c.Body), c.Kind == ConditionKind.When ? Truth.True : Truth.False))];
    }

    public Policy Source { get; }

    public int Principal { get; }

    public int Action { get; }

    public int Resource { get; }

    public static CompiledPolicy From(Policy policy, ScopeTable scopes) =>
        new(policy, scopes.AddPrincipal(policy.Principal), scopes.AddAction(policy.Action), scopes.AddResource(policy.Resource));

    /// <summary>Whether the conditions let the policy apply, asked in their order until one does not.</summary>
    public Truth Test(ref Frame frame)
    {
        foreach (var (body, applies) in _conditions)
        {
            var truth = body.Test(ref frame);
            if (truth == Truth.Error)
            {
                return Truth.Error;
            }

            if (truth != applies)
            {
                return Truth.False;
            }
        }

        return Truth.True;
    }
}
