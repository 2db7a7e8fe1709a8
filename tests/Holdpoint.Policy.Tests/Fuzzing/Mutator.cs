namespace Holdpoint.Policy.Tests.Fuzzing;

/// <summary>Makes texts from others: cut, spliced, repeated, and with pieces put in that parsers stumble over.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<string> seeds)
{
    private const int MostCharacters = 8_192;

    private static readonly string[] Pieces =
    [
        "\"", "\\", "(", ")", "[", "]", "{", "}", ";", ":", "::", ".", ",", "@", "?",
        "?principal", "?resource", "!", "!!!!!", "-", "----- 1", "+", "*", "/", "%",
        "=", "==", "!=", "<", ">=", "&&", "||", "&", "|", "//", "// x\n", "\n", "\r",
        "\r\n", "\t", "\0", "\u00a0", "\u2028", "\ufeff", "\ud800", "\udc00", "😀", "ü",
        "permit", "forbid", "when", "unless", "principal", "action", "resource", "context",
        "if", "then", "else", " in ", " has ", " like ", " is ", "true", "false",
        "permit (principal, action, resource);", "when { true }", "ip(\"1.2.3.4/33\")",
        "decimal(\"1.23456\")", "datetime(\"2024-02-30\")", "duration(\"9999999999d\")",
        ".contains(", ".isEmpty()", ".getTag(\"a\")", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "00", "\\u{", "\\u{10FFFF}", "\\u{d800}",
        "\\x7f", "\\x80", "\\*", "__cedar", "__cedar::Bool", "@id(\"a\")", "entity A, B in [C] enum [\"a\"];",
        "type T = { a?: Set<T> };", "action a appliesTo { principal: A };",
        "namespace N {", "tags String", "enum", "null", "1e5", "-0", "1.5",
        "{\"__entity\":{\"type\":\"A\",\"id\":\"\"}}", "{\"__extn\":{\"fn\":\"ip\",\"arg\":\"::1\"}}",
        "{\"Value\":1}", "{\"!\":{\"arg\":", "\"Wildcard\"", "\"op\":\"All\"", "\"uid\":", "\"parents\":[]",
    ];

    /// <summary>The next text: mostly a changed one, at times one of pieces alone.</summary>
    public string Next()
    {
        var text = random.Next(8) == 0 ? string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Piece())) : Seed();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            text = Change(text);
        }

        return text.Length <= MostCharacters ? text : text[..MostCharacters];
    }

    private string Seed() => seeds[random.Next(seeds.Count)];

    private string Piece() => Pieces[random.Next(Pieces.Length)];

    private string Change(string text)
    {
        var at = random.Next(text.Length + 1);
        var length = random.Next(Math.Min(text.Length - at, random.Next(4) == 0 ? text.Length : 12) + 1);
        switch (random.Next(7))
        {
            case 0:
                return text.Remove(at, length);
            case 1:
                return text.Remove(at, length).Insert(at, Piece());
            case 2:
                return text.Insert(at, Piece());
            case 3:
                // What stands between brackets, many times over, is how nesting grows.
                return text.Insert(at, string.Concat(Enumerable.Repeat(text.Substring(at, length), Times(length))));
            case 4:
                return text.Insert(at, string.Concat(Enumerable.Repeat(Piece(), Times(4))));
            case 5:
                var other = Seed();
                var from = random.Next(other.Length + 1);
                return text[..at] + other[from..];
            default:
                return at == text.Length
                    ? text
                    : text.Remove(at, 1).Insert(at, ((char)random.Next(random.Next(3) == 0 ? 0x10000 : 0x80)).ToString());
        }
    }

    private int Times(int length) => random.Next(1, random.Next(4) == 0 ? Math.Max(2, MostCharacters / Math.Max(length, 1)) : 4);
}
