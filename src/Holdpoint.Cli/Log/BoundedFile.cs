namespace Holdpoint.Cli.Log;

/// <summary>Reads no more of a stream than can be right: one byte past the limit is enough for whoever parses it to refuse it.</summary>
internal static class BoundedFile
{
    /// <summary>The file's bytes, or its first <paramref name="maxBytes"/> + 1.</summary>
    public static async Task<byte[]> ReadAsync(string path, int maxBytes, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return await ReadAsync(file, maxBytes, cancellationToken);
    }

    public static async Task<byte[]> ReadAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16_384];
        while (bytes.Length <= maxBytes)
        {
            var wanted = (int)Math.Min(buffer.Length, maxBytes + 1 - bytes.Length);
            var read = await stream.ReadAsync(buffer.AsMemory(0, wanted), cancellationToken);
            if (read == 0)
            {
                break;
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
