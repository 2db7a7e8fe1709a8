using System.Text.Json;
using Holdpoint.Gateway.Storage;

namespace Holdpoint.Gateway.Holds;

/// <summary>
/// The content that people decide on and that is released. Private: encrypted in the store, shown to reviewers only, gone
/// when the hold has ended.
/// </summary>
/// <param name="Body">The request's body.</param>
/// <param name="Claims">The value of <c>Holdpoint-Claims</c> in UTF-8; null without one.</param>
/// <param name="Arguments">The arguments of the tool call; only for an effect.</param>
/// <param name="Answer">The kept answer; null for what has not been sent to a model.</param>
internal sealed record HoldContent(
    ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte>? Claims, ReadOnlyMemory<byte>? Arguments, KeptAnswer? Answer)
{
    private const string BodyName = "body";
    private const string ClaimsName = "claims";
    private const string ArgumentsName = "arguments";
    private const string HeadName = "answer_head";
    private const string AnswerName = "answer";

    /// <summary>Every piece, encrypted.</summary>
    public List<(string Name, byte[] Sealed)> Seal(ContentSeal seal, HoldId hold)
    {
        List<(string, byte[])> pieces = [];
        Add(BodyName, Body);
        Add(ClaimsName, Claims);
        Add(ArgumentsName, Arguments);
        if (Answer is { } answer)
        {
            Add(HeadName, JsonSerializer.SerializeToUtf8Bytes(answer.Head, KeptJson.Default.KeptHead));
            Add(AnswerName, answer.Body);
        }

        return pieces;

        void Add(string name, ReadOnlyMemory<byte>? content)
        {
            if (content is { } bytes)
            {
                pieces.Add((name, seal.Seal(hold, name, bytes.Span)));
            }
        }
    }

    /// <summary>The content of a hold; null when it has ended, or what is kept cannot be read.</summary>
    public static HoldContent? Read(StoreConnection connection, ContentSeal seal, HoldId hold)
    {
        var pieces = HoldTables.Content(connection, hold);
        var isWhole = true;
        var (body, claims, arguments, head, answer) =
            (Open(BodyName), Open(ClaimsName), Open(ArgumentsName), Open(HeadName), Open(AnswerName));
        return body is null || !isWhole || head is null != answer is null
            ? null
            : new(
                body, Memory(claims), Memory(arguments),
                answer is null ? null : new(JsonSerializer.Deserialize(head!, KeptJson.Default.KeptHead)!, answer));

        byte[]? Open(string name)
        {
            if (!pieces.TryGetValue(name, out var piece))
            {
                return null;
            }

            var opened = seal.Open(hold, name, piece);
            isWhole &= opened is not null;
            return opened;
        }

        static ReadOnlyMemory<byte>? Memory(byte[]? bytes) => bytes is null ? default(ReadOnlyMemory<byte>?) : bytes;
    }
}
