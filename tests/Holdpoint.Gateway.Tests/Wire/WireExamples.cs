using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Reading;
using static Holdpoint.Gateway.Tests.Wire.ResponsesEvents;

namespace Holdpoint.Gateway.Tests.Wire;

/// <summary>A rich request, answer and stream of each of OpenAI's formats but chat, from which properties start.</summary>
internal static class WireExamples
{
    private const string ResponsesRequest =
        """
        {"model":"m","stream":true,"instructions":"in é😀","store":false,"metadata":{"k":"v"},"include":["reasoning.encrypted_content"],"reasoning":{"effort":"low","summary":"auto"},
         "text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object","properties":{"p":{"type":"string"}}}},"verbosity":"low"},"tool_choice":{"type":"function","name":"f"},
         "tools":[{"type":"function","name":"f","parameters":{"type":"object"},"strict":true},{"type":"custom","name":"c"},{"type":"namespace","name":"n","tools":[{"type":"function","name":"f"}]},{"type":"mcp","server_label":"l","server_url":"https://example.org"},{"type":"web_search"}],
         "input":[{"role":"user","content":"first"},{"type":"message","role":"assistant","id":"msg_1","content":[{"type":"output_text","text":"two","annotations":[{"type":"url_citation","title":"t","url":"u","start_index":0,"end_index":1}]},{"type":"refusal","refusal":"no"}]},
         {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"s"}],"content":[{"type":"reasoning_text","text":"r"}],"encrypted_content":"gAAA"},
         {"type":"function_call","call_id":"c1","name":"f","arguments":"{\"a\":1}"},{"type":"function_call_output","call_id":"c1","output":[{"type":"input_text","text":"out"},{"type":"input_image","image_url":"data:image/png;base64,AAEC","detail":"low"}]},
         {"type":"custom_tool_call","call_id":"c2","name":"c","input":"in"},{"type":"custom_tool_call_output","call_id":"c2","output":"out"},
         {"type":"shell_call","call_id":"c3","action":{"commands":["ls"]},"environment":{"type":"local"}},{"type":"shell_call_output","call_id":"c3","output":[{"stdout":"o","stderr":"e","outcome":{"type":"exit","exit_code":0}}]},
         {"type":"computer_call","call_id":"c4","action":{"type":"type","text":"x"},"pending_safety_checks":[{"id":"i","message":"m"}]},{"type":"computer_call_output","call_id":"c4","output":{"type":"computer_screenshot","image_url":"data:image/png;base64,AAEC"}},
         {"type":"mcp_call","id":"m1","server_label":"l","name":"t","arguments":"{}","output":"o"},{"type":"file_search_call","id":"f1","queries":["q"],"results":[{"filename":"n","text":"t","attributes":{"a":1}}]},
         {"role":"user","content":[{"type":"input_text","text":"last"},{"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,AAEC"}]}]}
        """;

    private static readonly string[] Items = [
        Saying("hello é😀", "two"), Calling("f", "{\"a\":1}"), CallingCustom("c", "text"),
        """{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"s"}],"encrypted_content":"gAAA"}""",
        """{"type":"web_search_call","id":"ws_1","action":{"query":"q"}}"""];

    public static IReadOnlyList<WireExample> All { get; } =
    [
        new(Responses, ResponsesRequest, Response(Items), Start + Said(0, "hel", "lo \u00e9\ud83d\ude00").Replace(
            "\n", "\r\n", StringComparison.Ordinal) + Called(1, "f", "{\"a\"", ":1}") + ": c\n\n" + Completed(Items)),
        new(
            Completions,
            """{"model":"m","prompt":["a é","b"],"suffix":"s","stop":"""
                + """["x"],"user":"u","logit_bias":{"1":2},"n":1,"stream":true,"stream_options":{"include_usage":true}}""",
            """{"id":"cmpl-1","object":"text_completion","created":1,"model":"m","choices":[{"text":"a é😀","index":0,"logprobs":"""
                + """{"tokens":["a"],"top_logprobs":[{"b":-1}]},"finish_reason":"stop"}],"usage":{"total_tokens":1}}""",
            "data: {\"choices\":[{\"text\":\"a \\u00e9\",\"index\":0,\"finish_reason\":null}]}\n\n"
                + "data: {\"choices\":[{\"text\":\"é\",\"index\":0,\"finish_reason\":\"stop\"}]}\r\n\r\ndata: [DONE]\n\n"),
        new(
            Embeddings,
            """{"model":"m","input":["a é😀","b"],"dimensions":8,"encoding_format":"float","user":"u"}""",
            """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5,-1]},"""
                + """{"object":"embedding","index":1,"embedding":"AAAAPw=="}],"model":"m","usage":{"prompt_tokens":1,"total_tokens":1}}""",
            "data: {}\n\n"),
    ];
}

/// <summary>One of them.</summary>
internal sealed record WireExample(WireFormat Format, string Request, string Answer, string Stream);
