using System.Text.Json.Serialization;

namespace Holdpoint.Gateway.Records;

[JsonSerializable(typeof(string))]
internal sealed partial class RecordJson : JsonSerializerContext;
