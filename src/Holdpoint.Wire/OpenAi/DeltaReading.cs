using System.Text;
using System.Text.Json;
using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.OpenAi;

/// <summary>Reads the <c>delta</c> of a chunk's choice.</summary>
internal static class DeltaReading
{
    private static readonly Shape Delta = new(
        StringsRule.Unknown,
        ("role", new SettingRule("assistant")),
        ("content", CheckedRule.Shared),
        ("refusal", CheckedRule.Shared),
        ("reasoning_content", CheckedRule.Shared),
        ("tool_calls", CheckedRule.Shared),
        ("function_call", CheckedRule.Shared),
        ("audio", CheckedRule.Shared));

    private static readonly Shape ToolCall = new(
        StringsRule.Unknown,
        ("index!", CheckedRule.Shared),
        ("id", CheckedRule.Shared),
        ("type", CheckedRule.Shared),
        ("function", CheckedRule.Shared),
        ("custom", CheckedRule.Shared));

    private static readonly Shape Audio = new(
        StringsRule.Unknown,
        ("id", CheckedRule.Shared),
        ("expires_at", CheckedRule.Shared),
        ("data", CheckedRule.Shared),
        ("transcript", CheckedRule.Shared));

    public static bool Read(ref JsonWalk walk, ChunkChoice choice)
    {
        if (walk.Token != JsonTokenType.StartObject)
        {
            return walk.FailKind("an object");
        }

        var fields = walk.BeginObject();
        while (walk.NextField(Delta, ref fields, out var field))
        {
            var read = field switch
            {
                0 => Delta[0].Read(ref walk),
                4 when walk.Token == JsonTokenType.StartArray => ReadToolCalls(ref walk, choice),
                5 when walk.Token == JsonTokenType.StartObject => ReadFunctionCall(ref walk, choice),
                6 when walk.Token == JsonTokenType.StartObject => ReadAudio(ref walk, choice),
                // a call that no rule would decide
                4 or 5 => walk.Token == JsonTokenType.Null || walk.FailKind(field == 4 ? "a list" : "an object"),
                1 => ReadText(ref walk, choice, "content"),
                2 => ReadText(ref walk, choice, "refusal"),
                3 => ReadText(ref walk, choice, "reasoning_content"),
                _ => ReadText(ref walk, choice, walk.LastName()),
            };
            if (!read)
            {
                return false;
            }
        }

        return walk.Fault is null;
    }

    /// <summary>
    /// Reads a text. A string may continue in the next chunk, and so may the texts of content parts, under the names that lead to them; the
    /// other strings of any other value are taken as whole.
    /// </summary>
    private static bool ReadText(ref JsonWalk walk, ChunkChoice choice, string field)
    {
        switch (walk.Token)
        {
            case JsonTokenType.String:
                if (!walk.TryText(out var text))
                {
                    return false;
                }

                if (!text.IsEmpty)
                {
                    choice.Texts.Add((field, text));
                }

                return true;

            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                return ReadParts(ref walk, choice, field);

            default:
                return StringsRule.Unknown.Read(ref walk);
        }
    }

    private static bool ReadParts(ref JsonWalk walk, ChunkChoice choice, string field)
    {
        var strings = new GatheredStrings(ReadNames.All, isJoined: true);
        if (!walk.Gather(strings))
        {
            return false;
        }

        if (!strings.Names.IsEmpty)
        {
            choice.Others.Add((field + "/*", strings.Names));
        }

        // Clients append the texts of content parts to the content; nothing else may stand between them.
        var groups = strings.All.ToList();
        var hasPieces = groups.Exists(group => TextPieces.Are(group.Names));
        foreach (var (names, text) in groups)
        {
            if (TextPieces.Are(names))
            {
                choice.Texts.Add((field, text));
            }
            else if (!TextPieces.AreToken(names) || walk.IsNews(text.Span))
            {
                choice.Others.Add((hasPieces ? $"{field}/{names}" : field, text));
            }
        }

        return true;
    }

    private static bool ReadToolCalls(ref JsonWalk walk, ChunkChoice choice)
    {
        walk.BeginArray();
        while (walk.NextItem())
        {
            if (!ReadToolCall(ref walk, choice))
            {
                return false;
            }
        }

        return walk.Fault is null;
    }

    private static bool ReadToolCall(ref JsonWalk walk, ChunkChoice choice)
    {
        if (walk.Token != JsonTokenType.StartObject)
        {
            return walk.FailKind("an object");
        }

        var start = walk.Position;
        var index = -1;
        var calls = 0;
        string id = "", type = "", name = "";
        ReadOnlyMemory<byte> arguments = default;
        var fields = walk.BeginObject();
        while (walk.NextField(ToolCall, ref fields, out var field))
        {
            var read = field switch
            {
                0 => (walk.Token == JsonTokenType.Number && walk.TryInt32(out index) && index >= 0) || walk.FailKind("a whole number"),
                1 => ToolCalls.TryId(ref walk, out id),
                2 => ToolCalls.TryString(ref walk, out type),
                3 or 4 when walk.Token == JsonTokenType.Null => true,
                3 or 4 => ToolCallText.TryCall(ref walk, ref calls, out name, out arguments),
                _ => ReadText(ref walk, choice, "tool_calls"),
            };
            if (!read)
            {
                return false;
            }
        }

        if (walk.Fault is not null)
        {
            return false;
        }

        if (calls > 1)
        {
            return walk.Fail(WireCause.InvalidField, "is a tool call of two kinds");
        }

        var isItem = calls == 0 && type is not ("" or "function" or "custom");
        if (isItem)
        {
            // A kind that we do not know: all of it is what the tool would be given.
            name = type;
            arguments = walk.Since(start);
        }
        else if (type is not ("" or "function" or "custom"))
        {
            choice.Others.Add(("tool_calls/type", Encoding.UTF8.GetBytes(type)));
        }

        choice.ToolCalls.Add(new ToolCallPiece(index, id, name, arguments, isItem));
        return true;
    }

    private static bool ReadFunctionCall(ref JsonWalk walk, ChunkChoice choice)
    {
        var calls = 0;
        if (!ToolCallText.TryCall(ref walk, ref calls, out var name, out var arguments))
        {
            return false;
        }

        choice.ToolCalls.Add(new ToolCallPiece(-1, "", name, arguments));
        return true;
    }

    private static bool ReadAudio(ref JsonWalk walk, ChunkChoice choice)
    {
        var fields = walk.BeginObject();
        while (walk.NextField(Audio, ref fields, out var field))
        {
            bool read;
            switch (field)
            {
                case 0 or 1:
                    read = TokenRule.Shared.Read(ref walk);
                    break;
                case 2:
                    ReadOnlyMemory<byte> data = default;
                    read = walk.Token == JsonTokenType.Null
                        || (walk.Token == JsonTokenType.String ? walk.TryText(out data) : walk.FailKind("a string"));
                    if (read && Base64Pieces.TextIn(data) is { IsEmpty: false } text)
                    {
                        choice.Texts.Add(("audio/data", text));
                    }
                    else if (!data.IsEmpty)
                    {
                        choice.Audio.Add(data);
                    }

                    break;
                case 3:
                    read = ReadText(ref walk, choice, "audio/transcript");
                    break;
                default:
                    read = ReadText(ref walk, choice, "audio/" + walk.LastName());
                    break;
            }

            if (!read)
            {
                return false;
            }
        }

        return walk.Fault is null;
    }
}
