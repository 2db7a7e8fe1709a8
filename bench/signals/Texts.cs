using System.Globalization;
using System.Text;

namespace Holdpoint.Signals.Bench;

/// <summary>
/// Texts of about <see cref="Length"/> bytes, the same in every run: words in no order that a processor could learn by heart. No word is
/// the head of a column for persons, such as <c>name</c> or <c>last</c>.
/// </summary>
internal static class Texts
{
    public const int Length = 256 * 1024;

    private static readonly string[] Words =
    [
        .. """
            the of and to in a is that it was for on are as with they at be this from have or by one had not but what all were when we
            there can an which their said if do will each about how up out them then she many some so these would other into has more two
            like him see time could no make than been its who now people my made over did down only way find use may water long
            little very after words just where most know get through back much before also around another came come work three word must
            because does part even place well such here take why things help put years different away again off went old number great
            men say small every found still between should home big give air line set own under read never us left end along
            while might next sound below saw something thought both few those always looked show large often together asked house world
            committee agreement question measure report policy minister evidence library quarter budget meeting harbour river mountain
            """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries),
    ];

    private static readonly string[] OtherWords =
    [
        .. """
            für größer Straße über wären natürlich Änderung Königin façade déjà été élève où naïve señor mañana años corazón país żółty
            łódź ćwiczenie příklad žena город улица человек время решение вопрос работа жизнь комиссия договор вода книга πόλη άνθρωπος
            χρόνος ερώτηση 東京 会議 報告 図書館 日本語 中文 问题 时间 工作 인간 시간 도시 naar één café Übung größte
            """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>English with its punctuation.</summary>
    public static byte[] Prose() => Fill(static (text, random) => Sentence(text, random, Words));

    /// <summary>A log of JSON lines: digits, quotes, colons and braces. It is about nobody.</summary>
    public static byte[] Log() => Fill(static (text, random) =>
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"{{\"level\":\"info\",\"step\":{random.Next(90)},\"took\":{random.Next(900) / 10.0},\"message\":\"");
        for (var i = random.Next(4, 12); i > 0; i--)
        {
            text.Append(Words[random.Next(Words.Length)]).Append(i > 1 ? " " : "");
        }

        var ok = random.Next(2) == 0 ? "true" : "false";
        text.Append(CultureInfo.InvariantCulture, $"\",\"counts\":[{random.Next(90)},{random.Next(9)}],\"ok\":{ok}}}\n");
    });

    /// <summary>Prose in other languages and scripts, a few English words between.</summary>
    public static byte[] OtherProse() => Fill(static (text, random) => Sentence(text, random, random.Next(5) == 0 ? Words : OtherWords));

    /// <summary>A register: a row for each of some thousand persons.</summary>
    public static byte[] Register()
    {
        var number = 0;
        return Fill((text, random) =>
        {
            var (word, other) = (Words[random.Next(Words.Length)], Words[random.Next(Words.Length)]);
            number++;
            text.Append(CultureInfo.InvariantCulture, $"{number};{word}.{number}@example.org;+1 202 555 {number % 10_000:0000};{other}\n");
        });
    }

    private static byte[] Fill(Action<StringBuilder, Random> add)
    {
        var (text, random) = (new StringBuilder(), new Random(7));
        while (text.Length < Length)
        {
            add(text, random);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Sentence(StringBuilder text, Random random, string[] words)
    {
        var length = random.Next(5, 24);
        for (var i = 0; i < length; i++)
        {
            var word = words[random.Next(words.Length)];
            text.Append(i == 0 ? char.ToUpperInvariant(word[0]) + word[1..] : word);
            text.Append(i == length - 1 ? "" : random.Next(40) switch { < 3 => ", ", 3 => " - ", 4 => "'s ", 5 => "; ", _ => " " });
        }

        text.Append(random.Next(6) switch { 0 => "? ", 1 => "!\n\n", 2 => ".\n", _ => ". " });
    }
}
