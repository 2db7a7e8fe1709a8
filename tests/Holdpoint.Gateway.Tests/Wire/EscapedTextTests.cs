using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Testing;
using Holdpoint.Wire.Json;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

public sealed class EscapedTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain é", "plain é")]
    [InlineData("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t")]
    [InlineData("\\u0041\\u00e9\\u00E9\\u20ac", "Aéé€")]
    [InlineData("\\ud83d\\ude00x", "😀x")]
    [InlineData("\\u0000", "\0")]
    [InlineData("\\ufffd", "\ufffd")]
    public void Escapes_are_decoded(string raw, string text) => Assert.Equal(text, Decode(raw));

    [Theory]
    [InlineData("\\ud83d")]
    [InlineData("\\ude00")]
    [InlineData("\\ude00\\ud83d")]
    [InlineData("\\ud83dx")]
    [InlineData("\\ud83d\\n")]
    [InlineData("\\ud83d\\u0041")]
    [InlineData("\\ud83d\\ud83d")]
    public void Half_a_surrogate_pair_is_no_text(string raw) => Assert.Null(Decode(raw));

    [Fact]
    public void Decoding_agrees_with_the_platform() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            if (text is null || text.Any(char.IsSurrogate))
            {
                return;
            }

            var json = JsonSerializer.Serialize(text);

            Assert.Equal(text, Decode(json[1..^1]));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(300, 10_000)));

    private static string? Decode(string raw)
    {
        var bytes = Utf8(raw);
        var target = new byte[bytes.Length];
        return EscapedText.TryDecode(bytes, target, out var written) ? Encoding.UTF8.GetString(target, 0, written) : null;
    }
}
