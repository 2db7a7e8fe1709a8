using System.Text;

namespace Holdpoint.Agreements.Loading;

/// <summary>One file of an agreement, read once, so that the same bytes are hashed and parsed.</summary>
/// <param name="Path">The path within the folder, with <c>/</c> between its parts.</param>
/// <param name="Bytes">The whole content.</param>
internal sealed record AgreementFile(string Path, byte[] Bytes)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The file's name without folder and extension.</summary>
    public string Stem => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The content as text; null, with a problem, when it is not UTF-8.</summary>
    public string? ReadText(Problems problems)
    {
        try
        {
            return StrictUtf8.GetString(Bytes);
        }
        catch (DecoderFallbackException)
        {
            problems.Add(ProblemCode.UnreadableFile, Path, "the file is not UTF-8", "save it as UTF-8");
            return null;
        }
    }
}
