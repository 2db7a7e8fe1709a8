using System.Collections.Immutable;

namespace Holdpoint.Gateway.Upstream;

/// <summary>
/// The keys of the providers as a phrase that answers are screened for like those of an agreement: in whatever form the answer writes it,
/// and wherever it is cut. Never named in a record or to a client.
/// </summary>
internal static class ProviderKeys
{
    /// <summary>
    /// The least letters and digits of a key that is looked for. 12: a shorter one could be an ordinary word, and no provider issues such.
    /// </summary>
    private const int LeastChars = 12;

    /// <summary>The most characters of a key that are looked for: what a phrase may have at most, with room for other characters.</summary>
    private const int MostChars = 256;

    // Nothing that an agreement can name: a name of a phrase has no control characters.
    private const string Name = "\u0001provider key";

    /// <summary>An agreement's phrases, and the keys.</summary>
    /// <param name="phrases">The texts of each phrase of the agreement, by its name.</param>
    /// <param name="keys">The keys as they are now.</param>
    public static IEnumerable<KeyValuePair<string, ImmutableArray<string>>> With(
        IEnumerable<KeyValuePair<string, ImmutableArray<string>>> phrases, ImmutableArray<string> keys)
    {
        ImmutableArray<string> sought =
        [
            .. keys.Where(key => key.Count(char.IsAsciiLetterOrDigit) >= LeastChars)
                .Select(key => key.Length > MostChars ? key[..MostChars] : key),
        ];
        return sought.IsEmpty ? phrases : phrases.Append(new(Name, sought));
    }

    /// <summary>Whether a key is among the phrases that were found.</summary>
    public static bool Shows(IReadOnlyList<string> found) => found.Count > 0 && found.Contains(Name);

    /// <summary>The phrases of the agreement among those that were found.</summary>
    public static IEnumerable<string> WithoutKey(IReadOnlyList<string> found) =>
        Shows(found) ? found.Where(name => name != Name) : found;
}
