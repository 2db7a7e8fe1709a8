using Holdpoint.Log;
using Holdpoint.Log.Signing;

namespace Holdpoint.Evidence.Dsse;

/// <summary>The <c>keyid</c> that Holdpoint's signers write: SHA-256 of the 32 bytes of the public key, 64 lower-case hex digits.</summary>
public static class KeyId
{
    /// <summary>The id of a public key.</summary>
    public static string Of(Ed25519PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Hash.Of(key.Bytes).ToHex();
    }
}
