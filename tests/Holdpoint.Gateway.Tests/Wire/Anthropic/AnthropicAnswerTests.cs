using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Anthropic.Messages;

namespace Holdpoint.Gateway.Tests.Wire.Anthropic;

public sealed class AnthropicAnswerTests
{
    [Theory]
    [InlineData("""{"type":"text","text":"§","citations":null}""", "/content/0/text")]
    [InlineData("""{"type":"thinking","thinking":"§","signature":"c2ln"}""", "/content/0/thinking")]
    [InlineData("""{"type":"thinking","thinking":"","signature":"§"}""", "/content/0/signature")]
    [InlineData("""{"type":"redacted_thinking","data":"§"}""", "/content/0/data")]
    [InlineData("""{"type":"text","text":"a","citations":[{"type":"char_location","cited_text":"§"}]}""", "/content/0/citations")]
    [InlineData(
        """{"type":"web_search_tool_result","tool_use_id":"1","content":[{"type":"web_search_result","title":"§"}]}""",
        "/content/0/content")]
    [InlineData("""{"type":"compaction","content":"§"}""", "/content/0/content")]
    [InlineData("""{"type":"something_new","words":"§"}""", "/content/0/words")]
    [InlineData("""{"type":"§"}""", "/content/0/type")]
    [InlineData("""{"type":"text","name":"§"}""", "/content/0/name")]
    [InlineData("""{"type":"text","text":"a","tool_use_id":"§"}""", "/content/0/tool_use_id")]
    public void What_a_block_says_is_found_where_it_stands(string block, string path)
    {
        var answer = ReadAnswer(Answer(block.Replace("§", "the marker phrase", StringComparison.Ordinal)));

        Assert.Equal(path, Assert.Single(answer.Parts, p => p.Bytes.Text().Contains("the marker phrase", StringComparison.Ordinal)).Path);
        Assert.Empty(answer.ToolCalls);
    }

    [Theory]
    [InlineData("\"stop_details\":{\"type\":\"refusal\",\"category\":\"cyber\",\"explanation\":\"§\"}", "/stop_details")]
    [InlineData("\"something_new\":\"§\"", "/something_new")]
    [InlineData("\"container\":{\"id\":\"c\",\"expires_at\":\"§\",\"skills\":null}", "/container")]
    public void What_stands_beside_the_content_is_screened_too(string field, string path) =>
        Assert.Equal(path, Assert.Single(
            ReadAnswer(Answer("", field.Replace("§", "the marker phrase", StringComparison.Ordinal))).Parts,
            p => p.Bytes.Text().Contains("the marker phrase", StringComparison.Ordinal)).Path);

    [Fact]
    public void What_no_model_writes_is_no_part() =>
        Assert.Equal(["/content/0/text"], ReadAnswer(Answer("""{"type":"text","text":"a","citations":null}""")).Parts.Select(p => p.Path));

    [Fact]
    public void Usage_is_numbers_and_words_of_the_api_and_anything_else_in_it_is_screened()
    {
        const string Usage = "\"usage\":{\"input_tokens\":1,\"service_tier\":\"standard\",\"inference_geo\":\"us\",\"speed\":null,"
            + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":0},\"server_tool_use\":null§}";

        Assert.Empty(ReadAnswer("{\"content\":[]," + Usage.Replace("§", "", StringComparison.Ordinal) + "}").Parts);
        Assert.Equal(
            "/usage/note", Assert.Single(
                ReadAnswer("{\"content\":[]," + Usage.Replace("§", ",\"note\":\"words\"", StringComparison.Ordinal) + "}").Parts).Path);
        Assert.Equal("/usage/service_tier", Assert.Single(ReadAnswer(
            "{\"content\":[]," + Usage.Replace("standard", "the words", StringComparison.Ordinal).Replace("§", "", StringComparison.Ordinal)
            + "}").Parts).Path);
    }

    [Fact]
    public void A_stop_sequence_is_a_part() =>
        Assert.Contains(
            ReadAnswer("""{"content":[],"stop_reason":"stop_sequence","stop_sequence":"END"}""").Parts,
            p => (p.Path, p.Bytes.Text()) == ("/stop_sequence", "END"));

    [Theory]
    [InlineData("""{"type":"tool_use","id":"1","name":"f","input":{"a": 1},"caller":{"type":"direct"}}""", "f", "f")]
    [InlineData(
        """{"type":"tool_use","id":"1","name":"navigate","toolset_name":"browser","input":{"a": 1}}""",
        "browser.navigate", "browser.navigate")]
    [InlineData("""{"type":"server_tool_use","id":"1","name":"web_search","input":{"a": 1}}""", "web_search", "web_search")]
    [InlineData(
        """{"type":"server_tool_use","id":"1","name":"bash_code_execution","input":{"a": 1}}""", "bash_code_execution", "code_execution")]
    [InlineData("""{"type":"mcp_tool_use","id":"1","name":"read","server_name":"files","input":{"a": 1}}""", "mcp.files.read", "mcp.files")]
    [InlineData("""{"type":"something_new","id":"1","name":"f","input":{"a": 1}}""", "f", "f")]
    public void Whoever_runs_a_tool_its_call_is_a_tool_call(string block, string name, string definedAs)
    {
        var call = Assert.Single(ReadAnswer(Answer("""{"type":"text","text":"a"},""" + block)).ToolCalls);

        Assert.Equal(
            ("/content/1", "1", name, definedAs, """{"a": 1}"""), (call.Path, call.Id, call.Name, call.DefinedAs, call.Arguments.Text()));
    }

    [Theory]
    [InlineData("""{"type":"tool_use","id":"1","input":{}}""")]
    [InlineData("""{"type":"text","text":"a","text":"b"}""")]
    [InlineData("""{"type":"text","text":"\ud800"}""")]
    [InlineData("""7""")]
    public void What_can_be_read_in_two_ways_is_not_released(string block) =>
        Assert.Equal(
            "502 upstream_invalid",
            Format.ReadAnswer(Reading.Utf8(Answer(block))) is AnswerOutcome.Unreadable(var fault) ? $"{fault.Status} {fault.Cause}" : "");

    [Fact]
    public void A_count_of_tokens_is_released_and_whatever_else_stands_there_is_screened()
    {
        var format = new Holdpoint.Wire.Anthropic.AnthropicCountTokens();

        Assert.Empty(Assert.IsType<AnswerOutcome.Readable>(
            format.ReadAnswer(Reading.Utf8("""{"input_tokens":7,"context_management":null}"""))).Parts);
        Assert.Equal("words", Assert.Single(Assert.IsType<AnswerOutcome.Readable>(
            format.ReadAnswer(Reading.Utf8("""{"input_tokens":7,"x":"words"}"""))).Parts).Bytes.Text());
        Assert.IsType<AnswerOutcome.Unreadable>(format.ReadAnswer(Reading.Utf8("{}")));
    }
}
