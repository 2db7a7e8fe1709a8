using Holdpoint.Log.Notes;

namespace Holdpoint.Gateway.Settings;

/// <summary>Reads the log's private key where the configuration says it is.</summary>
public static class LogKeyFile
{
    private const string Make = "make one with: holdpoint keygen log --origin NAME --out FILE";

    /// <summary>The signer of the log's checkpoints. The caller disposes it.</summary>
    /// <exception cref="GatewayStartException">
    /// The file cannot be read, or by others too; it holds no log key, or one for another origin.
    /// </exception>
    public static NoteSigner Read(GatewaySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!NoteSigner.TryParse(ReadText(settings.LogKeyPath), out var signer, out var fault))
        {
            throw new GatewayStartException($"log.key_file does not hold a log key ({fault}); {Make}");
        }

        if (signer.Name == settings.LogOrigin)
        {
            return signer;
        }

        using (signer)
        {
            throw new GatewayStartException(
                $"log.origin is {settings.LogOrigin}, but the key in log.key_file is for {signer.Name}; make the two the same");
        }
    }

    private static string ReadText(string path)
    {
        try
        {
            return KeyFileReader.ReadText(path).Trim();
        }
        catch (KeyFileOpenException e)
        {
            throw new GatewayStartException($"log.key_file: {e.Message}", e);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw new GatewayStartException($"log.key_file: {FileFault.Of(e)}; {Make}", e);
        }
    }
}
