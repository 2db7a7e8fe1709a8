namespace Holdpoint.Policy.Tests.Validation;

/// <summary>Texts that may not be what they look like. Every character was compared with the reference; these stand for them.</summary>
public sealed class TextWarningTests
{
    [Theory]
    [InlineData("\"plain\"", "")]
    [InlineData("\"naïve café\"", "")]
    [InlineData("\"привет, мир\"", "")]
    [InlineData("\"日本語 テスト ひらがな\"", "")]
    [InlineData("\"한국어 漢字\"", "")]
    [InlineData("\"注音 ㄅㄆㄇ\"", "")]
    [InlineData("\"tab\\t newline\\n nul\\0\"", "")]
    [InlineData("\"😀 ≤ €\"", "")]
    [InlineData("\"say_һello\"", "CV0502")]
    [InlineData("\"日本 ㄅ ひ\"", "CV0502")]
    [InlineData("\"Ω and ä\"", "CV0502")]
    [InlineData("\"e\\u{301}\"", "")]
    [InlineData("\"\\u{378}\"", "CV0502")]
    [InlineData("\"日\\u{ff9f}\"", "")]
    [InlineData("\"日\\u{32B20}\"", "")]
    [InlineData("\"a\\u{32B20}\"", "CV0502")]
    [InlineData("\"\\u{202E}txt\"", "CV0503")]
    [InlineData("\"\\u{2066}һe\"", "CV0503")]
    public void A_string(string literal, string codes) =>
        Assert.Equal(codes, Warnings($"principal.name == {literal}"));

    [Theory]
    [InlineData("\"plain*\"", "")]
    [InlineData("\"һ*o\"", "CV0502")]
    [InlineData("\"日本*\"", "")]
    [InlineData("\"日本\\n*\"", "CV0502")]
    [InlineData("\"日本\\0*\"", "")]
    [InlineData("\"日本 *\"", "")]
    [InlineData("\"日本\\u{a0}*\"", "CV0502")]
    [InlineData("\"日\\u{ff9f}*\"", "CV0502")]
    [InlineData("\"日\\u{e000}*\"", "CV0502")]
    [InlineData("\"\\u{202E}*\"", "")]
    public void A_pattern_is_looked_at_as_the_reference_prints_it(string pattern, string codes) =>
        Assert.Equal(codes, Warnings($"principal.name like {pattern}"));

    [Theory]
    [InlineData("alice", "")]
    [InlineData("two words: a/b?c=d#{e}", "")]
    [InlineData("löschen", "")]
    [InlineData("Команда", "")]
    [InlineData("日本語", "")]
    [InlineData("new\\nline", "CV0506")]
    [InlineData("\\u{200b}", "CV0506")]
    [InlineData("😀", "CV0506")]
    [InlineData("say_һello", "CV0504")]
    [InlineData("\\u{2067}a", "CV0505")]
    public void An_id(string id, string codes)
    {
        Assert.Equal(codes, Warnings($"principal in Team::\"{id}\""));
        Assert.Equal(codes, Office.Codes(Office.Validate($"permit (principal in Team::\"{id}\", action, resource);").Warnings));
        Assert.Equal(codes, Warnings($"{{\"{id}\": 1}}[\"{id}\"] == 1"));
    }

    [Fact]
    public void A_warning_leaves_the_policy_valid() =>
        Assert.True(Office.Validate(Office.Viewing("principal.name == \"say_һello\"")).IsValid);

    private static string Warnings(string condition) => Office.Codes(Office.Validate(Office.Viewing(condition)).Warnings);
}
