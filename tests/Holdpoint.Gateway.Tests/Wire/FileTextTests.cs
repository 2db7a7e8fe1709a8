using System.Text;
using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

/// <summary>Files that are text in other encodings, or with bytes that are none.</summary>
public sealed class FileTextTests
{
    private const string Rows = "name;town\nAndré Müller;Zürich\nZoë Núñez;Málaga\n";

    private const string Phrase = "please track his phone, today and tomorrow";

    public static TheoryData<string, byte[]> Encoded() => new()
    {
        { "a zero", Utf8("name,town\0\n" + Phrase) },
        { "a zero between all letters of a word", Utf8(Phrase.Replace("track", "t\0r\0ack", StringComparison.Ordinal)) },
        { "zeros behind spaces", Utf8(Phrase.Replace(" ", " \0", StringComparison.Ordinal)) },
        { "a control character", Utf8("\u0001" + Phrase) },
        { "a byte that is no UTF-8", [0xFF, .. Utf8(Phrase)] },
        { "half a character at the end", [.. Utf8(Phrase + "é")[..^1]] },
        { "Latin-1", Encoding.Latin1.GetBytes("é " + Phrase) },
        { "Windows-1252", [0x93, .. Utf8(Phrase), 0x94] },
        { "UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Phrase)] },
        { "UTF-16, big end first", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Phrase)] },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes(Phrase) },
        { "UTF-16 without a mark, big end first", Encoding.BigEndianUnicode.GetBytes(Phrase) },
        { "UTF-32", [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes(Phrase)] },
        { "a mark of UTF-16 that lies", [0xFF, 0xFE, .. Utf8(Phrase)] },
        { "a mark of UTF-32 that lies", [0xFF, 0xFE, 0, 0, .. Utf8(Phrase)] },
        { "a mark of UTF-8", [0xEF, 0xBB, 0xBF, .. Utf8(Phrase), 0] },
    };

    [Theory]
    [MemberData(nameof(Encoded))]
    public void A_file_that_says_it_is_text_is_text_in_any_encoding(string how, byte[] file)
    {
        foreach (var type in (string[])["text/csv", "text/plain", "application/json", "application/xml", "text/markdown", "image/svg+xml"])
        {
            Assert.True(TextOf(File(type, file)).Contains("track his phone", StringComparison.Ordinal), $"{how} {type}");
        }

        Assert.Contains("track his phone", TextOf(Call(Document("text/plain", file), Anthropic)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/pdf")]
    [InlineData("application/octet-stream")]
    [InlineData("image/png")]
    public void So_is_one_of_which_most_bytes_are_text_whatever_it_says(string type)
    {
        Assert.Contains("track his phone", TextOf(File(type, Utf8("\0" + Phrase))), StringComparison.Ordinal);
        Assert.Contains("track his phone", TextOf(File(type, Encoding.Unicode.GetBytes(Phrase))), StringComparison.Ordinal);
        Assert.Contains("track his phone", TextOf(File(type, Encoding.Latin1.GetBytes("é" + Phrase))), StringComparison.Ordinal);
    }

    [Fact]
    public void Letters_of_old_encodings_are_the_letters_that_they_were()
    {
        Assert.Contains("André Müller;Zürich", TextOf(File("text/csv", Encoding.Latin1.GetBytes(Rows))), StringComparison.Ordinal);
        Assert.Contains("“q” €", TextOf(File("text/plain", [0x93, (byte)'q', 0x94, (byte)' ', 0x80])), StringComparison.Ordinal);
        Assert.Contains(
            "следить за его телефоном", TextOf(File("text/plain", Encoding.Unicode.GetBytes("следить за его телефоном"))),
            StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[]> NoText() => new()
    {
        { "image/png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. Noise(400)] },
        { "image/jpeg", [0xFF, 0xD8, 0xFF, 0xE0, .. Noise(400)] },
        { "application/pdf", [.. Utf8("%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n"), .. Noise(200)] },
        { "application/pdf", [.. Utf8("%PDF-1.7\n1 0 obj << /Type /Catalog >> stream "), 0, 1, .. Utf8(" endstream endobj trailer")] },
        { "application/zip", [(byte)'P', (byte)'K', 3, 4, .. Noise(400)] },
        { "audio/wav", [.. Utf8("RIFF"), .. Noise(400)] },
        { "application/octet-stream", Noise(4_000) },
        { "application/octet-stream", new byte[4_000] },
        { "application/octet-stream", [0, 0, 0x80, 0x3F, 0, 0, 0x80, 0x3F] },
    };

    [Theory]
    [MemberData(nameof(NoText))]
    public void What_is_no_text_stays_opaque(string type, byte[] file)
    {
        var part = Assert.Single(File(type, file).Parts, part => part.Path.EndsWith("file_data", StringComparison.Ordinal)
            && part.Kind == PartKind.Opaque);

        Assert.Equal(file, part.Bytes.ToArray());
        Assert.True(part.File.IsEmpty);
    }

    [Fact]
    public void The_files_own_bytes_stay_with_its_text_where_they_differ()
    {
        var file = Encoding.Latin1.GetBytes(Rows);

        Assert.Equal(file, Assert.Single(File("text/csv", file).Parts, part => !part.File.IsEmpty).File.ToArray());
        Assert.DoesNotContain(File("text/csv", Utf8(Rows)).Parts, part => !part.File.IsEmpty);
    }

    private static WireFormat Anthropic { get; } = new Holdpoint.Wire.Anthropic.AnthropicMessages();

    private static string TextOf(Call call) =>
        string.Concat(call.Parts.Where(part => part.Kind == PartKind.Text).Select(part => part.Bytes.Text() + "\n"));

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static Call File(string type, byte[] file) => Call(ContentPart(
        "{\"type\":\"file\",\"file\":{\"file_data\":\"data:" + type + ";base64," + Convert.ToBase64String(file) + "\"}}"));

    private static string Document(string type, byte[] file) =>
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{\"data\":\""
        + Convert.ToBase64String(file) + "\",\"type\":\"base64\",\"media_type\":\"" + type + "\"}}]}]}";
}
