using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation.Typed;
using Holdpoint.Policy.Validation.Types;

namespace Holdpoint.Policy.Validation.Checking;

/// <content>Attributes and tags: what may be absent is read only where it was found to be there.</content>
internal sealed partial class Typechecker
{
    private Answer CheckGetAttribute(Capabilities prior, GetAttributeExpr access)
    {
        var target = Expect(prior, access.Target, Expected.EntityOrRecord);
        if (target.Type is not { } type)
        {
            return Answer.Fault();
        }

        if (schema.Attribute(type, access.Name) is not { } attribute)
        {
            var mayBeThere = schema.MayHave(type, access.Name);
            var known = schema.AttributesOf(type)?.Attributes.Select(a => a.Key) ?? [];
            findings.Add(
                ValidationCode.UnknownAttribute, access.Span,
                mayBeThere
                    ? $"not every value of {Describe(type)} has `{access.Name}`, or not always of one type"
                    : $"{Owner(access.Target, type)} has no attribute `{access.Name}`",
                Nearest.Suggest(access.Name, known) ?? (TypeLattice.IsEntity(type) ? SuggestTag(type, access) : null));
            return Answer.Fault();
        }

        if (!attribute.Required && !AllowsUnguarded && !prior.Has(Capability.OfAttribute(forms.Of(access.Target), access.Name)))
        {
            findings.Add(
                ValidationCode.UnguardedAttribute, access.Span,
                $"`{access.Name}` of {Owner(access.Target, type)} is optional, and may be absent here",
                $"test for it first: `{new HasExpr(access.Target, [access.Name])} && …`");
            return Answer.Fault(attribute.Type);
        }

        return target.Typed is null
            ? Answer.Fault(attribute.Type)
            : Answer.Success(new TypedExpr.Get(target.Typed, access.Name, attribute.Type, access.Span));
    }

    private Answer CheckHas(Capabilities prior, HasExpr test)
    {
        var name = test.Path[0];
        var target = Expect(prior, test.Target, Expected.EntityOrRecord, Advise);
        if (target.Type is not { } type)
        {
            return Answer.Fault(CedarType.Boolean.Any);
        }

        var shown = Capability.OfAttribute(forms.Of(test.Target), name);
        var (truth, known) = schema.Attribute(type, name) switch
        {
            null => (schema.MayHave(type, name) ? CedarType.Boolean.Any : CedarType.Boolean.False, default),

            // An entity need not exist, and then it has no attributes, not even the required ones. A record exists.
            { Required: true } when type is RecordType or OpenRecord => (CedarType.Boolean.True, Capabilities.Of(shown)),
            _ => (prior.Has(shown) ? CedarType.Boolean.True : CedarType.Boolean.Any, Capabilities.Of(shown)),
        };
        return target.Typed is null
            ? Answer.Fault(truth)
            : Answer.Success(new TypedExpr.Has(target.Typed, name, truth, test.Span), known);

        static string? Advise(CedarType actual) => actual switch
        {
            CedarType.SetOf => "use `.contains(…)` to look into a set",
            CedarType.String => "use `like` to look into a string",
            _ => null,
        };
    }

    private Answer CheckHasTag(Capabilities prior, CallExpr call)
    {
        var (entity, tag) = CheckTag(prior, call);
        if (entity.Type is not { } type || type is NeverType)
        {
            return Answer.Fault();
        }

        var shown = Capability.OfTag(forms.Of(call.Arguments[0]), forms.Of(call.Arguments[1]));
        var truth = schema.TagTypes(type).IsEmpty ? CedarType.Boolean.False
            : prior.Has(shown) ? CedarType.Boolean.True
            : CedarType.Boolean.Any;
        return Called(call, truth, entity, tag) is { Typed: not null } answer
            ? answer with { Known = Capabilities.Of(shown) }
            : Answer.Fault(truth);
    }

    private Answer CheckGetTag(Capabilities prior, CallExpr call)
    {
        var (entity, tag) = CheckTag(prior, call);
        if (entity.Type is not { } type || type is NeverType)
        {
            return Answer.Fault();
        }

        // The reference says this of a tag that was tested for only; that there can be none helps more.
        var (target, name) = (call.Arguments[0], call.Arguments[1]);
        var types = schema.TagTypes(type);
        if (types.IsEmpty)
        {
            findings.Add(
                ValidationCode.NoTags, call.Span, $"{Owner(target, type)} has no tags", "declare `tags` for the entity type in the schema");
            return Answer.Fault();
        }

        if (!AllowsUnguarded && !prior.Has(Capability.OfTag(forms.Of(target), forms.Of(name))))
        {
            findings.Add(
                ValidationCode.UnguardedTag, call.Span, $"the tag `{name}` of {Owner(target, type)} may be absent here",
                $"test for it first: `{Operand(target)}.hasTag({name}) && …`");
            return Answer.Fault();
        }

        return Unite(types, call.Span, "tags that are read must have one type") is { } value
            ? Called(call, value, entity, tag)
            : Answer.Fault();
    }

    private (Answer Entity, Answer Tag) CheckTag(Capabilities prior, CallExpr call) =>
        (Expect(prior, call.Arguments[0], Expected.Entity), Expect(prior, call.Arguments[1], Expected.String));

    private string? SuggestTag(CedarType type, GetAttributeExpr access) =>
        schema.TagTypes(type).IsEmpty ? null : $"for a tag, write `{Operand(access.Target)}.getTag({CedarText.Quote(access.Name)})`";

    /// <summary>Who lacks something, for a message.</summary>
    private static string Owner(Expr target, CedarType type) =>
        target is VariableExpr(Variable.Context) ? "the context of this action" : Describe(type);

    private static string Operand(Expr target) =>
        target is GetAttributeExpr or VariableExpr or LiteralExpr or CallExpr ? target.ToString() : $"({target})";
}
