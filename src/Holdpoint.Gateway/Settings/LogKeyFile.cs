using Holdpoint.Log.Notes;

namespace Holdpoint.Gateway.Settings;

/// <summary>Reads the log's private key where the configuration says it is.</summary>
public static class LogKeyFile
{
    /// <summary>The signer of the log's checkpoints. The caller disposes it.</summary>
    /// <exception cref="GatewayStartException">The file holds no log key, or one for another origin.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NoteSigner Read(GatewaySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!NoteSigner.TryParse(File.ReadAllText(settings.LogKeyPath).Trim(), out var signer, out var fault))
        {
            throw new GatewayStartException($"log.key_file does not hold a log key ({fault}); make one with: holdpoint keygen log --origin NAME --out FILE");
        }

        if (signer.Name == settings.LogOrigin)
        {
            return signer;
        }

        using (signer)
        {
            throw new GatewayStartException($"log.origin is {settings.LogOrigin}, but the key in log.key_file is for {signer.Name}");
        }
    }
}
