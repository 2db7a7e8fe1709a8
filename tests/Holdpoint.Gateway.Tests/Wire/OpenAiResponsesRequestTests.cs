using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

/// <summary>What a request to <c>/v1/responses</c> carries, and what of it is refused because it stands elsewhere.</summary>
public sealed class OpenAiResponsesRequestTests
{
    [Theory]
    [InlineData("\"input\":[{\"id\":\"msg_1\"}]", "/input/0")]
    [InlineData("\"input\":[{\"id\":\"msg_1\",\"type\":null}]", "/input/0")]
    [InlineData("\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_1\"}]", "/input/0")]
    [InlineData("\"input\":[{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[]}]", "/input/0")]
    [InlineData("\"input\":[{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"a\"}],"
        + "\"encrypted_content\":null}]", "/input/0")]
    [InlineData("\"input\":[{\"type\":\"image_generation_call\",\"id\":\"ig_1\"}]", "/input/0")]
    [InlineData("\"input\":[{\"type\":\"compaction\",\"encrypted_content\":\"gAAA\"}]", "/input/0")]
    [InlineData("\"input\":[{\"type\":\"compaction_trigger\"}]", "/input/0")]
    [InlineData(
        "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"file_id\":\"file-1\"}]}]", "/input/0/content/0/file_id")]
    [InlineData(
        "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"https://example.org/a.png\"}]}]",
        "/input/0/content/0/image_url")]
    [InlineData(
        "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_id\":\"file-1\"}]}]", "/input/0/content/0/file_id")]
    [InlineData(
        "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_url\":\"https://example.org/a.pdf\"}]}]",
        "/input/0/content/0/file_url")]
    [InlineData("\"input\":[{\"type\":\"computer_call_output\",\"call_id\":\"c\",\"output\":{\"type\":\"computer_screenshot\","
        + "\"file_id\":\"file-1\"}}]", "/input/0/output/file_id")]
    [InlineData("\"previous_response_id\":\"resp_1\"", "/previous_response_id")]
    [InlineData("\"conversation\":\"conv_1\"", "/conversation")]
    [InlineData("\"conversation\":{\"id\":\"conv_1\"}", "/conversation")]
    [InlineData("\"prompt\":{\"id\":\"pmpt_1\"}", "/prompt")]
    [InlineData("\"context_management\":[{\"type\":\"compaction\"}]", "/context_management")]
    public void Content_that_stands_elsewhere_is_refused(string fields, string path)
    {
        var fault = Fault($"{{\"model\":\"m\",{fields}}}", Responses);

        Assert.Equal((400, WireCause.ContentNotInBody, path), (fault.Status, fault.Cause, fault.Path));
    }

    [Fact]
    public void Reasoning_that_has_no_id_refers_to_nothing() =>
        Assert.Equal("thought", Assert.Single(Call(
            """{"model":"m","input":[{"type":"reasoning","summary":[{"type":"summary_text","text":"thought"}]}]}""",
            Responses).Parts).Bytes.Text());

    [Theory]
    [InlineData("store")]
    [InlineData("background")]
    public void State_that_the_provider_would_keep_is_refused_and_may_be_switched_off(string field)
    {
        Assert.Equal(WireCause.StoredState, Fault($"{{\"model\":\"m\",\"input\":\"a\",\"{field}\":true}}", Responses).Cause);
        Assert.Equal(WireCause.InvalidField, Fault($"{{\"model\":\"m\",\"input\":\"a\",\"{field}\":\"yes\"}}", Responses).Cause);
        Assert.Equal("m", Call($"{{\"model\":\"m\",\"input\":\"a\",\"{field}\":false}}", Responses).Model);
        Assert.Equal("m", Call($"{{\"model\":\"m\",\"input\":\"a\",\"{field}\":null}}", Responses).Model);
    }

    [Theory]
    [InlineData("{\"type\":\"made_up\"}", WireCause.UnsupportedContent)]
    [InlineData("{\"type\":\"message\",\"role\":\"user\",\"content\":\"a\",\"extra\":1}", WireCause.UnknownField)]
    [InlineData("{\"type\":\"function_call\",\"output\":\"a\"}", WireCause.UnknownField)]
    [InlineData("{\"role\":\"critic\",\"content\":\"a\"}", WireCause.InvalidField)]
    [InlineData("{\"type\":\"message\"}", WireCause.MissingField)]
    [InlineData("{\"type\":\"message\",\"type\":\"message\",\"role\":\"user\"}", WireCause.DuplicateField)]
    [InlineData("{\"type\":\"message\",\"ty\\u0070e\":\"reasoning\",\"role\":\"user\"}", WireCause.DuplicateField)]
    [InlineData("\"text\"", WireCause.InvalidField)]
    public void An_item_that_is_not_known_is_refused(string item, string cause) =>
        Assert.Equal(cause, Fault($"{{\"model\":\"m\",\"input\":[{item}]}}", Responses).Cause);

    [Fact]
    public void The_type_of_an_item_counts_wherever_it_stands_and_however_it_is_spelt() =>
        Assert.Equal(
            "out", Call(
                """{"model":"m","input":[{"output":"out","call_id":"c","\u0074ype":"function_c\u0061ll_output"}]}""",
                Responses).Parts[0].Bytes.Text());

    [Theory]
    [InlineData("{\"type\":\"function\",\"name\":\"f\",\"parameters\":{},\"strict\":true,\"description\":\"d\"}", "f", false)]
    [InlineData("{\"type\":\"custom\",\"name\":\"c\",\"format\":{\"type\":\"text\"}}", "c", false)]
    [InlineData("{\"type\":\"web_search\"}", "web_search", true)]
    [InlineData("{\"type\":\"web_search_preview_2025_03_11\",\"search_context_size\":\"low\"}", "web_search", true)]
    [InlineData("{\"type\":\"computer_use_preview\",\"display_width\":1,\"display_height\":1,\"environment\":\"mac\"}", "computer", true)]
    [InlineData("{\"type\":\"file_search\",\"vector_store_ids\":[\"vs_1\"]}", "file_search", true)]
    [InlineData("{\"type\":\"code_interpreter\",\"container\":{\"type\":\"auto\"}}", "code_interpreter", true)]
    [InlineData("{\"type\":\"mcp\",\"server_label\":\"deepwiki\",\"server_url\":\"https://example.org/mcp\"}", "mcp.deepwiki", true)]
    [InlineData("{\"type\":\"image_generation\"}", "image_generation", true)]
    [InlineData("{\"type\":\"local_shell\"}", "local_shell", true)]
    [InlineData("{\"type\":\"shell\",\"environment\":{\"type\":\"local\"}}", "shell", true)]
    [InlineData("{\"type\":\"apply_patch\"}", "apply_patch", true)]
    [InlineData("{\"type\":\"tool_search\"}", "tool_search", true)]
    [InlineData("{\"type\":\"programmatic_tool_calling\"}", "programmatic_tool_calling", true)]
    [InlineData("{\"type\":\"of_tomorrow\",\"anything\":{}}", "of_tomorrow", true)]
    public void Every_tool_is_a_definition_and_what_is_not_the_callers_own_is_an_effect(string tool, string name, bool runByProvider)
    {
        foreach (var body in (string[])[$"\"tools\":[{tool}]", $"\"input\":[{{\"type\":\"additional_tools\",\"role\":\"developer\","
            + $"\"tools\":[{tool}]}}]", $"\"input\":[{{\"type\":\"tool_search_output\",\"tools\":[{tool}]}}]"])
        {
            var call = Call($"{{\"model\":\"m\",{body}}}", Responses);

            Assert.Equal((name, tool, runByProvider), (call.Tools[0].Name, call.Tools[0].Definition.Text(), call.Tools[0].RunByProvider));
            Assert.Empty(call.Parts);
        }
    }

    [Fact]
    public void Tools_of_a_namespace_bear_its_name_and_it_is_a_definition_too()
    {
        var call = Call(
            """{"model":"m","tools":[{"type":"namespace","name":"crm","description":"d","tools":[{"type":"function","name":"find"},"""
            + """{"type":"custom","name":"note"}]},{"type":"function","name":"find"}]}""", Responses);

        Assert.Equal(["crm.find", "crm.note", "crm", "find"], call.Tools.Select(tool => tool.Name));
        Assert.Equal("""{"type":"function","name":"find"}""", call.Tools[0].Definition.Text());
    }

    [Theory]
    [InlineData("""[{"type":"function","name":"f"},{"type":"function","name":"f","description":"d"}]""", WireCause.DuplicateTool)]
    [InlineData("""[{"type":"web_search"},{"type":"web_search_preview"}]""", WireCause.DuplicateTool)]
    [InlineData("""[{"type":"function","name":"f","unknown":1}]""", WireCause.UnknownField)]
    [InlineData("""[{"type":"namespace","name":"n","tools":[{"type":"web_search"}]}]""", WireCause.UnsupportedContent)]
    [InlineData("""[{"name":"f"}]""", WireCause.MissingField)]
    [InlineData("""[{"type":""}]""", WireCause.InvalidField)]
    [InlineData("""["f"]""", WireCause.InvalidField)]
    public void Tools_that_could_mean_two_things_are_refused(string tools, string cause) =>
        Assert.Equal(cause, Fault($"{{\"model\":\"m\",\"tools\":{tools}}}", Responses).Cause);

    [Fact]
    public void The_same_definition_twice_is_one() =>
        Assert.Single(Call("""{"model":"m","tools":[{"type":"function","name":"f"}],"input":[{"type":"tool_search_output","tools":["""
            + """{"type":"function","name":"f"}]}]}""", Responses).Tools);

    [Fact]
    public void Opaque_content_is_decoded_and_what_the_provider_sealed_is_opaque_as_it_is()
    {
        var parts = Call(
            """
            {"model":"m","input":[
              {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"thought"}],"encrypted_content":"gAAAA-_x"},
              {"role":"user","content":[{"type":"input_image","image_url":"data:image/png;base64,AAEC"},{"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,AwQF"}]},
              {"type":"image_generation_call","id":"ig_1","result":"BgcI"}]}
            """, Responses).Parts;

        Assert.Equal(
            ["rs_1", "thought", "gAAAA-_x", "\0\u0001\u0002", "a.pdf", "\u0003\u0004\u0005", "ig_1", "\u0006\a\b"],
            parts.Select(part => part.Bytes.Text()));
        Assert.Equal([2, 3, 5, 7], Enumerable.Range(0, 8).Where(i => parts[i].Kind == PartKind.Opaque));
    }

    [Fact]
    public void Without_input_the_instructions_are_all_there_is() =>
        Assert.Equal("do it", Assert.Single(Call("""{"model":"m","instructions":"do it"}""", Responses).Parts).Bytes.Text());

    [Theory]
    [InlineData("[1,2,3]")]
    [InlineData("[[1,2],[3]]")]
    [InlineData("[\"a\",1]")]
    public void Tokens_cannot_be_screened_and_are_refused(string tokens)
    {
        Assert.Equal(WireCause.UnsupportedContent, Fault($"{{\"model\":\"m\",\"prompt\":{tokens}}}", Completions).Cause);
        Assert.Equal(WireCause.UnsupportedContent, Fault($"{{\"model\":\"m\",\"input\":{tokens}}}", Embeddings).Cause);
    }

    [Fact]
    public void Prompts_and_inputs_are_parts_each()
    {
        Assert.Equal(
            ["/prompt/0", "/prompt/1", "/suffix"],
            Call("""{"model":"m","prompt":["a","b"],"suffix":"c"}""", Completions).Parts.Select(part => part.Path));
        Assert.Equal(["/input/0", "/input/1"], Call("""{"model":"m","input":["a","b"]}""", Embeddings).Parts.Select(part => part.Path));
        Assert.Equal("/input", Assert.Single(Call("""{"model":"m","input":"a"}""", Embeddings).Parts).Path);
        Assert.Equal(WireCause.InvalidField, Fault("""{"model":"m","input":null}""", Embeddings).Cause);
    }
}
