using System.Collections.Immutable;
using Holdpoint.Wire;

namespace Holdpoint.Signals;

/// <summary>The order in which the texts of one body are joined.</summary>
internal enum TextOrder
{
    /// <summary>As they stand in the body, all of them.</summary>
    Body,

    /// <summary>
    /// As a model is likely to read them: what a system says before the conversation, a suffix after its prompt, settings last; without
    /// <see cref="TextRole.Label"/>.
    /// </summary>
    Model,

    /// <summary>The same, and only what somebody says: <see cref="TextRole.Spoken"/>.</summary>
    Spoken,
}

/// <summary>The role of a text in its body.</summary>
internal enum TextRole
{
    /// <summary>What is said: messages, prompts, results.</summary>
    Spoken,

    /// <summary>Other words: titles, arguments of tools, citations.</summary>
    Other,

    /// <summary>What names something and that a model may not see at all: ids, names, file names, places.</summary>
    Label,
}

/// <summary>Tells from the path of a text, in any of the wire formats, which role it has and when a model reads it.</summary>
internal static class TextOrders
{
    /// <summary>The role of the text with that path, an RFC 6901 JSON Pointer.</summary>
    public static TextRole RoleOf(string path)
    {
        switch (LastName(path))
        {
            case "content" or "text" or "output" or "prompt" or "suffix" or "instructions" or "system" or "refusal" or "thinking"
                or "reasoning_content" or "reasoning" or "summary" or "data" or "file_data" or "logs" or "stdout" or "stderr":
                return TextRole.Spoken;
            case "input": // elsewhere, the arguments of a tool
                return FirstName(path) is "input" ? TextRole.Spoken : TextRole.Other;
            case "name" or "id" or "tool_call_id" or "call_id" or "tool_use_id" or "caller_id" or "tool_id" or "item_id" or "container_id"
                or "file_id" or "vector_store_id" or "namespace" or "filename" or "file_name" or "url" or "user" or "safety_identifier"
                or "prompt_cache_key" or "signature" or "encrypted_content" or "encrypted_index" or "encrypted_stdout" or "server_label"
                or "server_name" or "mcp_server_name" or "toolset_name" or "tool_name" or "source" or "title" or "document_title"
                or "error_code" or "type" or "model" or "page_age" or "retrieved_at" or "created_by" or "stop_reason" or "status"
                or "working_directory" or "system_fingerprint":
                return TextRole.Label;
            default:
                return TextRole.Other;
        }
    }

    /// <summary>When a model is likely to read the text with that path: 0 first, 3 last.</summary>
    public static int RankOf(string path) => FirstName(path) switch
    {
        "system" or "instructions" => 0,
        "suffix" => 2,
        "messages" or "input" or "prompt" or "choices" or "output" or "content" => 1,
        _ => 3,
    };

    /// <summary>Whether the order says anything else about these parts than the order before it.</summary>
    public static bool IsOfItsOwn(TextOrder order, ImmutableArray<Part> parts)
    {
        var rank = 0;
        foreach (var part in parts)
        {
            if (part.Kind != PartKind.Text)
            {
                continue;
            }

            var role = RoleOf(part.Path);
            var next = RankOf(part.Path);
            if (order == TextOrder.Model && (role == TextRole.Label || next < rank))
            {
                return true;
            }

            if (order == TextOrder.Spoken && role == TextRole.Other)
            {
                return true;
            }

            rank = Math.Max(rank, next);
        }

        return false;
    }

    /// <summary>Whether a text has a place in the order, where it is read with those of <paramref name="rank"/>.</summary>
    public static bool Has(TextOrder order, string path, int rank) =>
        order == TextOrder.Body ? rank == 0
        : RankOf(path) == rank && RoleOf(path) is var role
            && (role == TextRole.Spoken || (order == TextOrder.Model && role == TextRole.Other));

    /// <summary>One more than the highest rank of the order.</summary>
    public static int Ranks(TextOrder order) => order == TextOrder.Body ? 1 : 4;

    private static ReadOnlySpan<char> FirstName(ReadOnlySpan<char> path)
    {
        path = path.TrimStart('/');
        return path.IndexOf('/') is >= 0 and var end ? path[..end] : path;
    }

    // The place in a list says nothing: of /messages/0/content/1 it is "content".
    private static ReadOnlySpan<char> LastName(ReadOnlySpan<char> path)
    {
        while (path.LastIndexOf('/') is >= 0 and var slash && !path[(slash + 1)..].ContainsAnyExceptInRange('0', '9'))
        {
            path = path[..slash];
        }

        return path[(path.LastIndexOf('/') + 1)..];
    }
}
