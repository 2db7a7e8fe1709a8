using System.Collections.Frozen;
using System.Collections.Immutable;
using Holdpoint.Policy;

namespace Holdpoint.Agreements;

/// <summary>The words of one list, and the Cedar values that stand for them and for sets of them. Thread-safe.</summary>
/// <param name="words">Each word once, with its value.</param>
/// <param name="unlisted">The value of any other word.</param>
internal sealed class WordList(IEnumerable<KeyValuePair<string, Value>> words, Func<string, Value> unlisted)
{
    // Datasets of one agreement have a few sets of values between them; phrases can be found in any combination.
    private const int MaxKept = 1024;

    // A set is kept by the positions of its words: a bit each.
    private const int MaxPositions = 128;

    private readonly FrozenDictionary<string, (int Position, Value Value)> _words =
        words.Select((word, i) => (word, i)).ToFrozenDictionary(w => w.word.Key, w => (w.i, w.word.Value), StringComparer.Ordinal);

    private readonly Kept<UInt128, SetValue> _sets = new(MaxKept);

    /// <summary>A list of the vocabulary, in which any other word is the worst.</summary>
    public static WordList Of(Vocabulary vocabulary, string list) => new(
        vocabulary.ValuesOf(list).Select(word => KeyValuePair.Create(word, (Value)vocabulary.ValueOrWorst(list, word))),
        word => vocabulary.ValueOrWorst(list, word));

    public bool Has(string word) => _words.ContainsKey(word);

    public Value ValueOf(string word) => _words.TryGetValue(word, out var listed) ? listed.Value : unlisted(word);

    /// <summary>Whether the list has every one of the words.</summary>
    public bool HasAll(ImmutableHashSet<string> all)
    {
        foreach (var word in all)
        {
            if (!Has(word))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The set of the values. It is made anew, and allocates, where a word is not listed or is past the first 128 of a list. Reads the
    /// words one by one, and never asks a set whether it has one: sets can compare words in a way of their own.
    /// </summary>
    public SetValue SetOf(ImmutableHashSet<string> all)
    {
        if (all.IsEmpty)
        {
            return SetValue.Empty;
        }

        var key = UInt128.Zero;
        foreach (var word in all)
        {
            if (!_words.TryGetValue(word, out var listed) || listed.Position >= MaxPositions)
            {
                return Make(all);
            }

            key |= UInt128.One << listed.Position;
        }

        return _sets.TryGet(key, out var set) ? set : _sets.Keep(key, Make(all));
    }

    private SetValue Make(ImmutableHashSet<string> all) => Value.Set(all.Select(ValueOf));
}
