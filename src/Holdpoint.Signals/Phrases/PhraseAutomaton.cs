using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Phrases;

/// <summary>An agreement's phrases as one Aho-Corasick automaton over the word characters of folded text.</summary>
/// <remarks>
/// Only letters and digits are in the automaton; up to <see cref="MaxGap"/> other characters between them are skipped, so spaces, hyphens,
/// dots or line ends inside a phrase, or inside its words, make no difference. A hit begins and ends at word boundaries, which the matcher
/// checks. The letters i, l and the digit 1 are one, as are o and 0, because they look the same. Immutable; thread-safe.
/// </remarks>
internal sealed class PhraseAutomaton
{
    /// <summary>
    /// The maximum number of characters between two letters of a phrase; beyond it, another text begins. A page break is less.
    /// </summary>
    public const int MaxGap = 256;

    /// <summary>
    /// The maximum number of letters and digits in one phrase: bounds the text kept back by a stream. More than any sentence worth naming.
    /// </summary>
    public const int MaxPhraseChars = 512;

    /// <summary>The maximum number of states, some 50 MB of table with a large alphabet: bounds memory, not meaning.</summary>
    public const int MaxStates = 200_000;

    internal const int Separator = -1;
    internal const int Other = 0;
    private readonly sbyte[] _ascii = new sbyte[128];
    private readonly FrozenDictionary<char, int> _beyondAscii;
    private readonly int _classes;
    private readonly int[] _next;
    private readonly int[] _fail;
    private readonly int[] _depth;
    private readonly bool[] _continues;
    private readonly ImmutableArray<(int Name, int Length)>[] _hits;

    private PhraseAutomaton(ImmutableArray<string> names, IReadOnlyList<(int Name, string Letters)> patterns)
    {
        Names = names;
        var classes = Classes(patterns);
        _classes = classes.Count + 1;
        for (var c = 0; c < 128; c++)
        {
            _ascii[c] = (sbyte)(char.IsAsciiLetterOrDigit((char)c) ? classes.GetValueOrDefault(Same((char)c)) : Separator);
        }

        _beyondAscii = classes.Where(static p => p.Key >= 0x80).ToFrozenDictionary();

        List<int[]> children = [new int[_classes]];
        List<int> depth = [0];
        List<List<(int, int)>> hits = [[]];
        foreach (var (name, letters) in patterns)
        {
            var state = 0;
            foreach (var letter in letters)
            {
                ref var child = ref children[state][classes[letter]];
                if (child == 0)
                {
                    child = children.Count;
                    children.Add(new int[_classes]);
                    depth.Add(depth[state] + 1);
                    hits.Add([]);
                }

                state = child;
            }

            hits[state].Add((name, letters.Length));
            LongestPhrase = Math.Max(LongestPhrase, letters.Length);
        }

        _depth = [.. depth];
        _fail = new int[children.Count];
        _next = new int[children.Count * _classes];
        _continues = [.. children.Select(static c => c.AsSpan().IndexOfAnyExcept(0) >= 0)];
        Connect(children, hits);
        Starts = new(first => _next[_ascii[first]] != 0, (first, second) => _depth[Next(_next[_ascii[first]], _ascii[second])] == 2);
        _hits = [.. hits.Select(static h => h.ToImmutableArray())];
    }

    /// <summary>Names of the phrases, sorted; a hit names its index here.</summary>
    public ImmutableArray<string> Names { get; }

    public bool IsEmpty => Names.IsEmpty;

    /// <summary>The places at which something can change while no phrase is in progress.</summary>
    internal WordStarts Starts { get; }

    /// <summary>The number of letters and digits in the longest phrase.</summary>
    public int LongestPhrase { get; }

    /// <summary>Builds the automaton of name → texts.</summary>
    /// <exception cref="ArgumentException">
    /// A text has no letter or digit, so that it would never be found, or is too long, or all texts together are too long.
    /// </exception>
    public static PhraseAutomaton Create(IEnumerable<KeyValuePair<string, ImmutableArray<string>>> phrases)
    {
        var sorted = phrases.OrderBy(static p => p.Key, StringComparer.Ordinal).ToArray();
        HashSet<(int, string)> patterns = [];
        var states = 1L;
        for (var name = 0; name < sorted.Length; name++)
        {
            foreach (var text in sorted[name].Value)
            {
                foreach (var letters in Forms(text))
                {
                    if (letters.Length is 0 or > MaxPhraseChars)
                    {
                        throw new ArgumentException($"A text of phrase '{sorted[name].Key}' has {letters.Length} letters and digits; "
                            + $"it needs 1 to {MaxPhraseChars}.", nameof(phrases));
                    }

                    states += patterns.Add((name, letters)) ? letters.Length : 0;
                }
            }
        }

        return states <= MaxStates
            ? new([.. sorted.Select(static p => p.Key)], [.. patterns.Order()])
            : throw new ArgumentException($"The phrases have {states} letters and digits in all; at most {MaxStates}.", nameof(phrases));
    }

    /// <summary>The class of a folded char: <see cref="Separator"/>, <see cref="Other"/> for a letter of no phrase, else above 0.</summary>
    public int ClassOf(char c) => c < 128 ? _ascii[c] : IsWord(c) ? _beyondAscii.GetValueOrDefault(c) : Separator;

    public int Next(int state, int @class) => _next[(state * _classes) + @class];

    /// <summary>The phrases that are complete in this state, in any order: name index and number of letters.</summary>
    public ImmutableArray<(int Name, int Length)> Hits(int state) => _hits[state];

    public int Fail(int state) => _fail[state];

    public int Depth(int state) => _depth[state];

    /// <summary>Whether some phrase continues from this state.</summary>
    public bool Continues(int state) => _continues[state];

    /// <summary>Whether this char's script writes words without spaces, so that a phrase may begin or end beside any other char.</summary>
    public static bool StandsWithoutSpaces(char c) => c >= 0x0E00 && c is <= '\u0EFF' or (>= '\u1000' and <= '\u109F')
        or (>= '\u1100' and <= '\u11FF') or (>= '\u1780' and <= '\u17FF') or (>= '\u2E80' and <= '\uD7FF') or (>= '\uF900' and <= '\uFAFF')
        or (>= '\uD840' and <= '\uD8BF'); // high surrogates of planes 2 and 3, where the ideographs are

    private static bool IsWord(char c) =>
        char.GetUnicodeCategory(c) is <= UnicodeCategory.OtherLetter or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.LetterNumber or UnicodeCategory.Surrogate;

    // Capitals can look like other Latin letters than their small forms do (Η, η), and fold so: a phrase is known in each of its cases.
    private static IEnumerable<string> Forms(string text)
    {
        var small = text.ToLowerInvariant();
        string[] cases = [text, text.ToUpperInvariant(), small, CultureInfo.InvariantCulture.TextInfo.ToTitleCase(small)];
        return cases.Select(static form => new string(
            [.. Folding.Of(form).Where(static c => c < 0x80 ? char.IsAsciiLetterOrDigit(c) : IsWord(c)).Select(Same)])).Distinct();
    }

    private static char Same(char c) => c switch
    {
        >= 'A' and <= 'Z' => Same((char)(c | 0x20)),
        'i' or '1' => 'l',
        '0' => 'o',
        _ => c,
    };

    private static Dictionary<char, int> Classes(IReadOnlyList<(int Name, string Letters)> patterns)
    {
        Dictionary<char, int> classes = [];
        foreach (var letter in patterns.SelectMany(static p => p.Letters).Distinct().Order())
        {
            classes.Add(letter, classes.Count + 1);
        }

        return classes;
    }

    private void Connect(List<int[]> children, List<List<(int, int)>> hits)
    {
        Queue<int> order = new([0]);
        while (order.TryDequeue(out var state))
        {
            for (var c = 0; c < _classes; c++)
            {
                var child = children[state][c];
                var otherwise = state == 0 ? 0 : _next[(_fail[state] * _classes) + c];
                _next[(state * _classes) + c] = child == 0 ? otherwise : child;
                if (child != 0)
                {
                    _fail[child] = otherwise;
                    hits[child].AddRange(hits[otherwise]);
                    order.Enqueue(child);
                }
            }
        }
    }
}
