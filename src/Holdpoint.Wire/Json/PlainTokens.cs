using System.Buffers;

namespace Holdpoint.Wire.Json;

/// <summary>
/// Tokens of an answer in which no sentence fits: numbers and hexadecimal digits, joined to words that ids and names of models are made of.
/// Any other token is read as text, since nothing but its form says what it is.
/// </summary>
internal static class PlainTokens
{
    /// <summary>The maximum length of a token, in bytes: ids, fingerprints and model names of today's providers have under 100.</summary>
    private const int MaxBytes = 128;

    // Fewer letters than any phrase worth forbidding has. Names of fields are words where ids are not, so they get two more.
    private const int MaxOtherLetters = 3;
    private const int MaxNameLetters = 5;

    private static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/@+=-"u8);

    // One less than the shortest telephone numbers of most countries have; a model's version and date have ten.
    private const int MaxDigits = 8;
    private const int MaxDigitsBesideWords = 10;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    // What ids of the APIs begin with, and the parts of model names.
    private static readonly NameTable Words = new(
        "chatcmpl", "cmpl", "msg", "resp", "call", "toolu", "srvtoolu", "mcptoolu", "embd", "item", "audio", "req", "gen", "mcp",
        "echo", "gpt", "chatgpt", "openai", "claude", "anthropic", "gemini", "google", "gemma", "mistral", "mistralai", "mixtral",
        "ministral", "codestral", "magistral", "meta", "llama", "qwen", "deepseek", "grok", "phi", "command", "nova", "kimi", "glm",
        "mini", "nano", "turbo", "sonnet", "haiku", "opus", "large", "medium", "small", "latest", "instruct", "chat", "pro", "flash",
        "lite", "preview", "coder", "text", "embedding", "codex", "oss", "exp", "distill", "versatile", "instant");

    /// <summary>Whether the name of a field says nothing: a name of the API, or one of a few letters.</summary>
    public static bool IsKnownName(ReadOnlySpan<byte> name) => ApiNames.Contains(name) || IsPlain(name, MaxNameLetters);

    /// <summary>Whether a token is of such a form.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> token) => IsPlain(token, MaxOtherLetters);

    private static bool IsPlain(ReadOnlySpan<byte> token, int maxLetters)
    {
        if (token.Length > MaxBytes || token.ContainsAnyExcept(TokenBytes))
        {
            return false;
        }

        int others = 0, digits = 0, words = 0;
        for (var i = 0; i < token.Length;)
        {
            var end = i;
            while (end < token.Length && char.IsAsciiLetterOrDigit((char)token[end]))
            {
                end++;
            }

            var run = token[i..end];
            if (run.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                others += OtherLetters(run);
                words++;
            }
            else
            {
                digits += run.Length;
            }

            i = Math.Max(end, i + 1);
        }

        return others <= maxLetters && digits <= (words == 0 ? MaxDigits : MaxDigitsBesideWords);
    }

    /// <summary>The number of letters in a run of letters and digits that are neither a known word nor hexadecimal digits.</summary>
    private static int OtherLetters(ReadOnlySpan<byte> run)
    {
        if (run.ContainsAnyInRange((byte)'0', (byte)'9') && !run.ContainsAnyExcept(HexDigits))
        {
            return 0;
        }

        var others = 0;
        Span<byte> lower = stackalloc byte[run.Length];
        for (var i = 0; i < run.Length;)
        {
            var end = i;
            while (end < run.Length && char.IsAsciiLetter((char)run[end]))
            {
                lower[end - i] = (byte)(run[end] | 0x20);
                end++;
            }

            others += Words.Contains(lower[..(end - i)]) ? 0 : end - i;
            i = Math.Max(end, i + 1);
        }

        return others;
    }
}
