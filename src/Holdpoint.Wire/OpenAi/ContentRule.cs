using System.Text.Json;
using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.OpenAi;

/// <summary>
/// Content of an answer: a text, or a list of parts. Clients append the texts of the parts, so that each is a part at the place of the
/// whole content and nothing stands between them. Any other value is read like an unknown field.
/// </summary>
internal sealed class ContentRule : Rule
{
    public override bool Read(ref JsonWalk walk)
    {
        if (walk.Token != JsonTokenType.StartArray)
        {
            return StringsRule.Unknown.Read(ref walk);
        }

        var path = walk.Path();
        var texts = new List<ReadOnlyMemory<byte>>();
        var others = new GatheredStrings(ReadNames.Strange);
        walk.BeginArray();
        while (walk.NextItem())
        {
            var item = new GatheredStrings(ReadNames.Strange, isJoined: true);
            if (!walk.Gather(item))
            {
                return false;
            }

            others.Take(item.Names);
            foreach (var (names, text) in item.All)
            {
                if (TextPieces.Are(names))
                {
                    texts.Add(text);
                }
                else if (!TextPieces.AreToken(names) || walk.IsNews(text.Span))
                {
                    others.Take(text);
                }
            }
        }

        foreach (var text in texts)
        {
            if (!walk.AddAt(path, PartKind.Text, text))
            {
                return false;
            }
        }

        return walk.Fault is null && walk.AddAt(path, PartKind.Text, others.Names);
    }
}

/// <summary>The names under which texts come in pieces that clients append, wherever in a value they are.</summary>
internal static class TextPieces
{
    private static readonly NameTable Names =
        new("text", "content", "thinking", "reasoning", "reasoning_content", "summary", "refusal", "output_text");

    private static readonly NameTable Tokens = new("type", "format", "id");

    /// <param name="names">The names that lead to the text, joined by <c>/</c>; strings of a plain list have none.</param>
    public static bool Are(string names) => names.Length == 0 || Names.Contains(LastOf(names));

    /// <summary>Whether those names lead to a token, which each piece repeats.</summary>
    public static bool AreToken(string names) => Tokens.Contains(LastOf(names));

    private static byte[] LastOf(string names) => System.Text.Encoding.UTF8.GetBytes(names[(names.LastIndexOf('/') + 1)..]);
}
