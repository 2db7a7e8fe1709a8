using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net.Http.Headers;

namespace Holdpoint.Gateway.Upstream;

/// <summary>
/// Which headers of an upstream's answer reach the client: those that official clients and operators read, and no other. Ours
/// (<c>Holdpoint-*</c>) cannot be forged, cookies and the account's name do not leak.
/// </summary>
internal static class PassedHeaders
{
    private const int MaxValueChars = 1024;

    private static readonly FrozenSet<string> Names = new[]
    {
        "x-request-id", "openai-processing-ms", "openai-version", "retry-after", "retry-after-ms",
        "x-ratelimit-limit-requests", "x-ratelimit-limit-tokens", "x-ratelimit-remaining-requests", "x-ratelimit-remaining-tokens",
        "x-ratelimit-reset-requests", "x-ratelimit-reset-tokens",
        "request-id", "x-should-retry",
        "anthropic-ratelimit-requests-limit", "anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset",
        "anthropic-ratelimit-tokens-limit", "anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset",
        "anthropic-ratelimit-input-tokens-limit", "anthropic-ratelimit-input-tokens-remaining", "anthropic-ratelimit-input-tokens-reset",
        "anthropic-ratelimit-output-tokens-limit", "anthropic-ratelimit-output-tokens-remaining", "anthropic-ratelimit-output-tokens-reset",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Of numbers, durations and times, and too few letters for a word.
    private static readonly SearchValues<char> Plain = SearchValues.Create("0123456789.:+-TZdhmnsu");

    // 64: twice a time of RFC 3339 with its fraction.
    private const int MaxPlainChars = 64;

    private static readonly SearchValues<char> Printable = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c)]);

    public static ImmutableArray<(string Name, string Value)> Of(HttpResponseHeaders headers)
    {
        ImmutableArray<(string, string)>.Builder? passed = null;
        foreach (var (name, values) in headers.NonValidated)
        {
            if (!Names.Contains(name) || values.Count != 1)
            {
                continue;
            }

            var value = values.ToString();
            if (IsClean(value))
            {
                (passed ??= ImmutableArray.CreateBuilder<(string, string)>()).Add((name.ToLowerInvariant(), value));
            }
        }

        return passed?.DrainToImmutable() ?? [];
    }

    /// <summary>Whether a value can say nothing but a number, a duration, a time, or yes or no: then it need not be read.</summary>
    public static bool IsPlain(string value) =>
        value is "true" or "false" || (value.Length <= MaxPlainChars && !value.AsSpan().ContainsAnyExcept(Plain));

    /// <summary>Whether a value can be written again as it is: nothing in it ends a line.</summary>
    public static bool IsClean(string value) => value.Length <= MaxValueChars && !value.AsSpan().ContainsAnyExcept(Printable);
}
