using System.Text.Unicode;
using Holdpoint.Evidence.Chunks;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Log;

namespace Holdpoint.Cli.Evidence;

/// <summary>A file that is attested: its digest and, when it is text, the digests of its lines.</summary>
internal sealed record SubjectFile(string Name, Hash Digest, bool IsText, IReadOnlyList<Hash> Chunks, long Lines, long TooShort)
{
    /// <summary>Largest file, 1 GiB: far more than the lines that one statement can carry, so what is larger is a mistake.</summary>
    private const long MaxBytes = 1L << 30;

    /// <exception cref="CommandFailureException">The file is missing, unreadable or too large.</exception>
    public static SubjectFile Read(string path)
    {
        var bytes = ReadBytes(path);
        List<Hash> chunks = [];
        var (lines, tooShort) = (0L, 0L);
        var isText = Utf8.IsValid(bytes);
        if (isText)
        {
            foreach (var line in new LineChunks(bytes))
            {
                lines += line.Length > 0 ? 1 : 0;
                if (line.IsChunk)
                {
                    chunks.Add(Hash.Of(bytes.AsSpan(line.Start, line.Length)));
                }
                else if (line.Length > 0)
                {
                    tooShort++;
                }
            }
        }

        return new(Path.GetFileName(path), Hash.Of(bytes), isText, chunks, lines, tooShort);
    }

    /// <summary>The two digests that name a statement for its revocation: of its envelope, and of what is signed in it.</summary>
    /// <exception cref="CommandFailureException">The file is missing, unreadable or no envelope.</exception>
    public static (Hash Envelope, Hash Statement) ReadEnvelope(string path)
    {
        var bytes = ReadBytes(path);
        return DsseEnvelope.TryParse(bytes, out var envelope, out var fault)
            ? (Hash.Of(bytes), Hash.Of(envelope.Payload.Span))
            : throw CommandFailureException.Environment($"{path} is not evidence, so it cannot be revoked: {fault}");
    }

    private static byte[] ReadBytes(string path)
    {
        var file = new FileInfo(path);
        return !file.Exists ? throw CommandFailureException.Environment($"there is no file {path}")
            : file.Length > MaxBytes ? throw CommandFailureException.Environment(
                $"{path} has more than {MaxBytes} bytes; attest it in pieces")
            : File.ReadAllBytes(path);
    }
}
