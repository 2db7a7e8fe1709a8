using System.Text.Json;
using Holdpoint.Log;

namespace Holdpoint.Evidence.Json;

/// <summary>A SHA-256 as in-toto writes it: 64 lower-case hex digits.</summary>
internal static class HexHash
{
    /// <summary>A member that must be a hash; <c>default</c> after a fault.</summary>
    public static Hash Require(Fields fields, string name, Faults faults)
    {
        Hash hash = default;
        if (fields.Require(name) is { } value && !TryRead(value, out hash))
        {
            faults.Add($"{fields.PathOf(name)} must be 64 lower-case hex digits");
        }

        return hash;
    }

    public static bool TryRead(JsonElement value, out Hash hash)
    {
        hash = default;
        return value.ValueKind == JsonValueKind.String
            && Fields.DecodedOf(value) is { } text
            && Hash.TryParseHex(text, out hash);
    }
}
