using Holdpoint.Evidence.Signing;
using Holdpoint.Gateway.Settings;
using Holdpoint.Log.Signing;

namespace Holdpoint.Cli.Evidence;

/// <summary>A signer's key file, as <c>keygen signer</c> makes it.</summary>
internal static class SignerKeyFile
{
    // A PKCS #8 file of Ed25519 has 119 bytes; what is much longer is some other file.
    private const int MaxBytes = 4_096;

    /// <summary>Reads it. The caller disposes the key.</summary>
    /// <exception cref="CommandFailureException">
    /// There is no such file, others than its owner can read it, or it holds something else.
    /// </exception>
    public static Ed25519PrivateKey Read(string path)
    {
        var file = new FileInfo(path);
        return !file.Exists ? throw CommandFailureException.Environment($"there is no key file {path}; `keygen signer` makes one")
            : file.Length <= MaxBytes && SignerKeyPem.TryRead(TextOf(path), out var key) ? key
            : throw CommandFailureException.Environment($"{path} is not a signer's key (PKCS #8 PEM of Ed25519)");
    }

    private static string TextOf(string path)
    {
        try
        {
            return KeyFileReader.ReadText(path);
        }
        catch (KeyFileOpenException e)
        {
            throw CommandFailureException.Environment($"{path}: {e.Message}");
        }
    }
}
