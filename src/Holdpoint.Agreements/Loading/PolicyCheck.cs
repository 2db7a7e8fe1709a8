using Holdpoint.Policy;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Agreements.Loading;

/// <summary>
/// Checks a policy against the vocabulary and the agreement. Every name that does not exist is a problem: in a forbid, a misspelt name
/// would never match and so would fail open.
/// </summary>
internal sealed class PolicyCheck(AgreementFacts facts, Vocabulary vocabulary, Problems problems, Func<SourceSpan, string> placeOf)
{
    public void Check(Policy.Policy policy)
    {
        CheckScope(policy.Principal, policy.Span);
        CheckScope(policy.Resource, policy.Span);
        foreach (var action in policy.Action switch
        {
            ActionConstraint.Equal equal => [equal.Action],
            ActionConstraint.In any => any.Actions,
            _ => [],
        })
        {
            CheckEntity(action, policy.Span);
        }

        foreach (var condition in policy.Conditions)
        {
            CheckBody(condition.Body);
        }
    }

    private void CheckScope(ScopeConstraint scope, SourceSpan span)
    {
        switch (scope)
        {
            case ScopeConstraint.Is { EntityType: var type }:
                CheckType(type, span);
                break;
            case ScopeConstraint.IsIn { EntityType: var type }:
                CheckType(type, span);
                break;
        }

        if (scope.Reference is EntityReference.Known { Uid: var uid })
        {
            CheckEntity(uid, span);
        }
    }

    private void CheckBody(Expr body)
    {
        var all = body.DescendantsAndSelf().ToList();

        // Names that the policy gives to fields of its own records, and texts that are not compared with phrases.
        var own =
            all.OfType<RecordExpr>().SelectMany(record => record.Fields).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var parsed = all.OfType<CallExpr>()
            .Where(call => call.Function is Function.Ip or Function.Decimal or Function.Datetime or Function.Duration)
            .SelectMany(call => call.Arguments)
            .ToHashSet<Expr>(ReferenceEqualityComparer.Instance);
        var parts = new HashSet<Expr>(ReferenceEqualityComparer.Instance);
        foreach (var node in all)
        {
            switch (node)
            {
                case GetAttributeExpr get:
                    parts.Add(get.Target);
                    CheckAttribute(get.Name, own, get.Span);
                    break;
                case HasExpr has:
                    parts.Add(has.Target);
                    foreach (var name in has.Path)
                    {
                        CheckAttribute(name, own, has.Span);
                    }

                    break;
                case IsExpr { EntityType: var type }:
                    CheckType(type, node.Span);
                    break;
                case LiteralExpr { Value: EntityValue entity }:
                    CheckEntity(entity.Uid, node.Span);
                    break;
                case LiteralExpr { Value: StringValue text } when !parsed.Contains(node):
                    CheckPhrase(text.Value, node.Span);
                    break;
            }
        }

        foreach (var bare in all.Where(node => node is VariableExpr { Variable: Variable.Context } && !parts.Contains(node)))
        {
            problems.Add(
                ProblemCode.ReadsSeats, placeOf(bare.Span), "the context as a whole holds the filled seats", "read one of its attributes");
        }
    }

    private void CheckAttribute(string name, HashSet<string> own, SourceSpan span)
    {
        if (name == HoldRule.SeatsAttribute)
        {
            problems.Add(
                ProblemCode.ReadsSeats, placeOf(span), "a clause does not read which seats are filled", "say who must agree with @hold");
        }
        else if (!vocabulary.Attributes.Contains(name) && !own.Contains(name))
        {
            problems.Add(
                ProblemCode.UnknownAttribute, placeOf(span), $"the vocabulary has no attribute '{name}'",
                Suggestion.For(name, vocabulary.Attributes));
        }
    }

    private void CheckType(string type, SourceSpan span)
    {
        if (!vocabulary.Schema.EntityTypes.ContainsKey(type) && !vocabulary.IsActionType(type))
        {
            problems.Add(
                ProblemCode.UnknownEntityType, placeOf(span), $"the vocabulary has no entity type '{type}'",
                Suggestion.For(type, vocabulary.EntityTypes));
        }
    }

    private void CheckEntity(EntityUid uid, SourceSpan span)
    {
        if (vocabulary.IsList(uid.Type) || vocabulary.IsActionType(uid.Type))
        {
            string[] values = [.. vocabulary.IsList(uid.Type) ? vocabulary.ValuesOf(uid.Type) : vocabulary.ActionsOf(uid.Type)];
            if (!values.Contains(uid.Id, StringComparer.Ordinal))
            {
                problems.Add(
                    ProblemCode.UnknownValue, placeOf(span), $"{uid.Type} has no value '{uid.Id}'", Suggestion.For(uid.Id, values));
            }

            return;
        }

        CheckType(uid.Type, span);
        if (Listed(uid) is { } names && !names.Contains(uid.Id, StringComparer.Ordinal))
        {
            problems.Add(
                ProblemCode.UnknownEntity, placeOf(span), $"agreement.yaml has no {uid.Type} '{uid.Id}'", Suggestion.For(uid.Id, names));
        }
    }

    /// <summary>The names that an entity of this type can have; null where the agreement does not list them all.</summary>
    private List<string>? Listed(EntityUid uid) => uid.Type switch
    {
        "Holdpoint::Customer" => [.. facts.Parties.Where(party => party.Role == PartyRole.Customer).Select(party => party.Name)],
        "Holdpoint::Deployment" => [.. facts.Deployments.Select(deployment => deployment.Name)],
        "Holdpoint::Provider" => [.. facts.Providers.Select(provider => provider.Name)],
        "Holdpoint::Issuer" => [.. facts.Issuers.All.Select(issuer => issuer.Name)],
        "Holdpoint::Tool" => [.. facts.Tools.Select(tool => tool.Name).Distinct()],
        "Holdpoint::Model" =>
            facts.Providers.Any(provider => provider.Runs(uid.Id)) ? null : [.. facts.Providers.SelectMany(p => p.Models)],
        _ => null,
    };

    private void CheckPhrase(string text, SourceSpan span)
    {
        if (!facts.Phrases.ContainsKey(text))
        {
            problems.Add(
                ProblemCode.UnknownPhrase, placeOf(span), $"signals.phrases has no '{text}'", Suggestion.For(text, facts.Phrases.Keys));
        }
    }
}
