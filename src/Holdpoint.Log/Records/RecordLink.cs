using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Holdpoint.Log.Json;

namespace Holdpoint.Log.Records;

/// <summary>
/// What ties a record to the ones before it (docs/reference/log.md): fields <c>gateway</c>, <c>seq</c> and <c>prev</c> of its JSON object.
/// </summary>
/// <param name="Gateway">
/// The writing gateway's name: 1 to 128 characters, visible ASCII without space, so that it can stand in any message.
/// </param>
/// <param name="Seq">0, 1, 2, … for each gateway, without gap.</param>
/// <param name="Prev">
/// Leaf hash of this gateway's previous record, <see cref="Hash.Zero"/> for its first; 64 lower-case hex digits in JSON.
/// </param>
public sealed record RecordLink(string Gateway, long Seq, Hash Prev)
{
    /// <summary>Longest gateway name in characters.</summary>
    public const int MaxGatewayLength = 128;

    /// <summary>
    /// Reads the link of a record, whose bytes must satisfy <see cref="RecordProfile"/>; otherwise <paramref name="fault"/> says why not.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> record, [NotNullWhen(true)] out RecordLink? link, [NotNullWhen(false)] out string? fault)
    {
        link = null;
        fault = RecordProfile.FaultOf(record);
        if (fault is not null)
        {
            return false;
        }

        var (gateway, seq, prev) = Fields(record);
        fault = gateway is null ? $"the record's gateway is not a text of 1 to {MaxGatewayLength} visible ASCII characters"
            : seq is null ? "the record's seq is not an integer from 0"
            : prev is null ? "the record's prev is not 64 lower-case hex digits"
            : null;
        link = fault is null ? new(gateway!, seq!.Value, prev!.Value) : null;
        return link is not null;
    }

    private static (string? Gateway, long? Seq, Hash? Prev) Fields(ReadOnlySpan<byte> record)
    {
        (string? Gateway, long? Seq, Hash? Prev) fields = default;
        var reader = new Utf8JsonReader(record);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueTextEquals("gateway"u8) ? 'g'
                : reader.ValueTextEquals("seq"u8) ? 's'
                : reader.ValueTextEquals("prev"u8) ? 'p'
                : ' ';
            reader.Read();
            switch (name, reader.TokenType)
            {
                case ('g', JsonTokenType.String):
                    fields.Gateway = reader.GetString() is { Length: > 0 and <= MaxGatewayLength } text
                        && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
                        ? text
                        : null;
                    break;
                case ('s', JsonTokenType.Number):
                    fields.Seq = reader.GetInt64() is >= 0 and var seq ? seq : null;
                    break;
                case ('p', JsonTokenType.String):
                    fields.Prev = Hash.TryParseHex(reader.GetString(), out var hash) ? hash : null;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return fields;
    }
}
