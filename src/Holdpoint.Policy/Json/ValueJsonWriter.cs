using System.Globalization;
using System.Text.Json;

namespace Holdpoint.Policy.Json;

/// <summary>
/// Writes values in Cedar's JSON notation, with <c>__entity</c> and <c>__extn</c>, so that they are read back without a schema. The one
/// thing that the notation cannot say is a record that looks like such an escape itself: it is read back as what it looks like.
/// </summary>
internal static class ValueJsonWriter
{
    public static void WriteUid(this Utf8JsonWriter json, EntityUid uid)
    {
        json.WriteStartObject();
        json.WriteString("type", uid.Type);
        json.WriteString("id", uid.Id);
        json.WriteEndObject();
    }

    public static void WriteValue(this Utf8JsonWriter json, Value value)
    {
        switch (value)
        {
            case BooleanValue boolean:
                json.WriteBooleanValue(boolean.Value);
                break;
            case LongValue number:
                json.WriteNumberValue(number.Value);
                break;
            case StringValue text:
                json.WriteStringValue(text.Value);
                break;
            case EntityValue entity:
                json.WriteStartObject();
                json.WritePropertyName("__entity");
                json.WriteUid(entity.Uid);
                json.WriteEndObject();
                break;
            case SetValue set:
                json.WriteStartArray();
                foreach (var element in set.Elements)
                {
                    json.WriteValue(element);
                }

                json.WriteEndArray();
                break;
            case RecordValue record:
                json.WriteRecord(record);
                break;
            case DateTimeValue instant:
                // Only whole days and milliseconds since then reach every instant: datetime("…") does not.
                json.WriteStartObject();
                json.WriteStartObject("__extn");
                json.WriteString("fn", "offset");
                json.WriteStartArray("args");
                WriteExtension(json, "datetime", "1970-01-01");
                WriteExtension(json, "duration", string.Create(CultureInfo.InvariantCulture, $"{instant.Milliseconds}ms"));
                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            default:
                // An extension value's text is a call with one text, such as decimal("1.5"), in which nothing is escaped.
                var call = value.ToString()!;
                var open = call.IndexOf('(', StringComparison.Ordinal);
                WriteExtension(json, call[..open], call[(open + 2)..^2]);
                break;
        }
    }

    public static void WriteRecord(this Utf8JsonWriter json, RecordValue record)
    {
        json.WriteStartObject();
        foreach (var (name, value) in record.Fields)
        {
            json.WritePropertyName(name);
            json.WriteValue(value);
        }

        json.WriteEndObject();
    }

    private static void WriteExtension(Utf8JsonWriter json, string function, string argument)
    {
        json.WriteStartObject();
        json.WriteStartObject("__extn");
        json.WriteString("fn", function);
        json.WriteString("arg", argument);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
