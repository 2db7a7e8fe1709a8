using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Decisions;

/// <summary>What a tool call can set off, by the agreement's registration of the tool's definition.</summary>
internal static class ToolEffects
{
    /// <param name="agreement">The active agreement.</param>
    /// <param name="deployment">Who calls.</param>
    /// <param name="name">The name that the model called.</param>
    /// <param name="definitions">Every definition of that name in the request: none, or several, is not a known tool.</param>
    public static (EffectClass Class, bool IsRegistered) Of(
        Agreement agreement, string deployment, string name, ImmutableArray<ToolDefinition> definitions)
    {
        // A definition without a canonical form cannot have been registered.
        if (definitions is not [var definition] || ToolDigest.Of(definition) is not { } digest)
        {
            return (EffectClass.Kinetic, false);
        }

        var isRegistered = agreement.Tools.Any(tool => tool.Deployment == deployment && tool.Name == name && tool.DefinitionDigest == digest);
        return (agreement.EffectClassOf(deployment, name, digest), isRegistered);
    }
}
