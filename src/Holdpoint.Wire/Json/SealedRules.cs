using System.Buffers;
using System.Text.Json;

namespace Holdpoint.Wire.Json;

/// <summary>
/// A value of a request that only the provider can read. It is noted, so that the gateway can refuse one that it never passed on, and
/// counts as opaque bytes. A value with other characters than those of encoded bytes is read as text instead: it could be a sentence.
/// </summary>
internal sealed class SealedRule : Rule
{
    // Base64 in both alphabets (RFC 4648 §4 and §5), and what joins the pieces of tokens.
    private static readonly SearchValues<byte> SealedBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_.:"u8);

    public static SealedRule Shared { get; } = new();

    public override bool Read(ref JsonWalk walk) => walk.Token switch
    {
        JsonTokenType.String => walk.TryText(out var value) && walk.AddOpaqueValue(value)
            && walk.Add(value.Span.ContainsAnyExcept(SealedBytes) ? PartKind.Text : PartKind.Opaque, value),
        JsonTokenType.Null => true,
        _ => walk.FailKind("a string"),
    };
}

/// <summary>A value of an answer that only the provider can read. It is screened as the text that it is, and noted.</summary>
internal sealed class SealedAnswerRule : Rule
{
    public static SealedAnswerRule Shared { get; } = new();

    public override bool Read(ref JsonWalk walk) => walk.Token switch
    {
        JsonTokenType.String => walk.TryText(out var value) && walk.AddOpaqueValue(value) && walk.Add(PartKind.Text, value),
        _ => StringsRule.Unknown.Read(ref walk),
    };
}

/// <summary>
/// The id, in a request, of something of which the provider keeps more than the body shows. It is text, and noted, so that the gateway can
/// refuse an id that it never passed on.
/// </summary>
internal sealed class ReferenceRule : Rule
{
    public static ReferenceRule Shared { get; } = new();

    public override bool Read(ref JsonWalk walk) => walk.Token switch
    {
        JsonTokenType.String => walk.TryText(out var id) && walk.AddOpaqueValue(id) && walk.Add(PartKind.Text, id),
        JsonTokenType.Null => true,
        _ => walk.FailKind("a string"),
    };
}

/// <summary>The id, in an answer, of something of which the provider keeps more than it says: a token, and noted.</summary>
internal sealed class NotedTokenRule : Rule
{
    public static NotedTokenRule Shared { get; } = new();

    public override bool Read(ref JsonWalk walk) =>
        (walk.Token != JsonTokenType.String || (walk.TryText(out var id) && walk.AddOpaqueValue(id))) && TokenRule.Shared.Read(ref walk);
}
