using System.Text.Encodings.Web;
using System.Text.Json;

namespace Holdpoint.Evidence.Json;

/// <summary>
/// How we write JSON: only what RFC 8259 makes us escape. The default also escapes for HTML (<c>+</c> too), where none of this goes.
/// </summary>
internal static class PlainJson
{
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
