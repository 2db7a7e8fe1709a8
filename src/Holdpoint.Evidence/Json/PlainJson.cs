using System.Text.Encodings.Web;
using System.Text.Json;

namespace Holdpoint.Evidence.Json;

/// <summary>
/// The options for writing JSON: only the escapes that RFC 8259 requires. The default also escapes for HTML (<c>+</c> too), where none of
/// this JSON goes.
/// </summary>
internal static class PlainJson
{
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
