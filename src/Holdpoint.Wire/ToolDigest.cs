using Holdpoint.Log;
using Holdpoint.Log.Json;

namespace Holdpoint.Wire;

/// <summary>The digest by which an agreement identifies a tool's definition: SHA-256 of its RFC 8785 form, in lower hex.</summary>
internal static class ToolDigest
{
    /// <returns>Null for a definition without a canonical form, which nobody can have registered.</returns>
    public static string? Of(ToolDefinition tool) =>
        CanonicalJson.TryCanonicalize(tool.Definition.Span, out var canonical, out _) ? Hash.Of(canonical).ToHex() : null;
}
