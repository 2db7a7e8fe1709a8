using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Evaluation;

/// <summary>A policy ready for evaluation. Its scope is tested by the index.</summary>
/// <param name="Source">The policy.</param>
/// <param name="Condition">All its conditions as one; null when it has none.</param>
/// <param name="Guard">
/// What has to hold first for the policy to apply, where other policies of the set begin alike; part of <paramref name="Condition"/>.
/// </param>
internal sealed record CompiledPolicy(Policy Source, Node? Condition, SharedNode? Guard)
{
    public static CompiledPolicy From(Policy policy, Compiler compiler)
    {
        // One after the other until one does not let the policy apply, which is what `&&` does.
        Node[] conditions = [.. policy.Conditions.SelectMany(c =>
            c.Kind == ConditionKind.When ? compiler.CompileConjuncts(c.Body) : [new NotNode(compiler.Compile(c.Body), c.Body.Span)])];
        return new(policy, And(conditions, policy.Span), conditions.FirstOrDefault() as SharedNode);
    }

    private static Node? And(Node[] conditions, SourceSpan span) => conditions switch
    {
        [] => null,
        [var only] => only,
        _ => new AndNode(conditions, span),
    };
}
