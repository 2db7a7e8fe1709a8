using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Records;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Effects;

/// <summary>Stages 4 and 5 for an effect: which class the agreement gives it, and whether it may happen. Pure; thread-safe.</summary>
internal sealed class EffectDeciding(ActiveBundle bundle, Deciding deciding)
{
    /// <summary>Decides an effect as <c>act</c>.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="definitions">Every definition of its name that was offered: none, or several, is not a known tool.</param>
    /// <param name="client">Who would act through it.</param>
    /// <param name="situation">What is known, said and guessed.</param>
    /// <param name="draft">The record's fields apart from the effect and the decision.</param>
    /// <param name="filled">Seats filled for this effect alone.</param>
    public Decided Decide(
        Effect effect,
        ImmutableArray<ToolDefinition> definitions,
        Client client,
        Situation situation,
        RecordDraft draft,
        Seats filled)
    {
        var (effectClass, isRegistered) = ClassOf(client.Deployment, effect.DefinedAs, definitions);
        var subject = new Subject.Act(client.Deployment, client.Principal, effect.DefinedAs, effectClass);

        // The name of a tool that is not registered is the client's own words, which do not belong in a public log.
        var recorded = draft with { Tool = isRegistered ? effect.DefinedAs : null, Exposure = situation.Exposure.ToRecord() };
        return deciding.Decide(recorded, subject, situation, filled);
    }

    private (EffectClass Class, bool IsRegistered) ClassOf(string deployment, string name, ImmutableArray<ToolDefinition> definitions)
    {
        // A definition without a canonical form cannot have been registered.
        if (definitions is not [var definition] || ToolDigest.Of(definition) is not { } digest)
        {
            return (EffectClass.Kinetic, false);
        }

        var agreement = bundle.Agreement;
        var isRegistered = agreement.Tools.Any(
            tool => tool.Deployment == deployment && tool.Name == name && tool.DefinitionDigest == digest);
        return (agreement.EffectClassOf(deployment, name, digest), isRegistered);
    }
}
