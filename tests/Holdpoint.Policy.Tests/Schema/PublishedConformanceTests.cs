using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Holdpoint.Policy.Json;
using Holdpoint.Policy.Schema;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests.Schema;

/// <summary>Requests and entities, with what the reference says of them.</summary>
public sealed class PublishedConformanceTests
{
    [Fact]
    public void Every_request_and_entity_of_the_scenarios_conforms_or_not_as_the_reference_says()
    {
        var (requests, checks, stores) = (0, 0, 0);
        foreach (var (path, bytes) in TestData.Entries("cedar/multi.tar.gz").Where(e => e.Key.EndsWith(".json", StringComparison.Ordinal)))
        {
            using var document = JsonDocument.Parse(bytes);
            var scenario = document.RootElement;
            var schema = Resolve(scenario.GetProperty("schema").GetString()!);
            foreach (var request in scenario.GetProperty("requests").EnumerateArray())
            {
                Assert.True(Conforms(request, schema) == request.GetProperty("validRequest").GetBoolean(), $"{path}: request {requests}");
                requests++;
            }

            foreach (var check in scenario.GetProperty("entityChecks").EnumerateArray())
            {
                var fault = EntitiesJson.Parse(Raw($"[{check.GetProperty("entity").GetRawText()}]"), schema).Fault;
                Assert.True(
                    fault is null == check.GetProperty("valid").GetBoolean(),
                    $"{path}: {check.GetProperty("kind")} {fault} {check.GetProperty("entity")}");
                checks++;
            }

            var invalid = scenario.GetProperty("invalidEntities").EnumerateArray().ToList();
            foreach (var entity in scenario.GetProperty("entities").EnumerateArray())
            {
                var fault = EntitiesJson.Parse(Raw($"[{entity.GetRawText()}]"), schema).Fault;
                Assert.True(
                    fault is null != invalid.Exists(uid => JsonElement.DeepEquals(uid, entity.GetProperty("uid"))),
                    $"{path}: {fault} {entity}");
            }

            var whole = EntitiesJson.Parse(Raw(scenario.GetProperty("entities").GetRawText()), schema).Fault;
            Assert.True(whole is null == scenario.GetProperty("entitiesValid").GetBoolean(), $"{path}: {whole}");
            stores++;
        }

        Assert.Equal((600, 4_800, 3_600), (stores, requests, checks));
    }

    [Fact]
    public void Every_request_and_entity_of_the_corpus_conforms()
    {
        var corpus = TestData.Entries("cedar/corpus.tar.gz");
        foreach (var (path, bytes) in corpus.Where(
            e => e.Key.EndsWith(".json", StringComparison.Ordinal) && !e.Key.EndsWith(".entities.json", StringComparison.Ordinal)))
        {
            using var document = JsonDocument.Parse(bytes);
            var stem = path[..^".json".Length];
            var schema = Resolve(Encoding.UTF8.GetString(corpus[$"{stem}.cedarschema"]));

            Assert.Null(EntitiesJson.Parse(corpus[$"{stem}.entities.json"], schema).Fault);
            Assert.All(
                document.RootElement.GetProperty("requests")
                    .EnumerateArray()
                    .Where(r => !r.TryGetProperty("validateRequest", out var asked) || asked.GetBoolean()),
                request => Assert.True(Conforms(request, schema)));
        }
    }

    private static CedarSchema Resolve(string text)
    {
        var result = CedarSchema.Resolve(SchemaParser.Parse(text).Document!);
        Assert.True(result.IsValid);
        return result.Schema;
    }

    private static bool Conforms(JsonElement request, CedarSchema schema)
    {
        var read = RequestJson.Parse(JsonMarshal.GetRawUtf8Value(request).ToArray(), schema);
        return read.IsValid && new RequestValidator(schema).Validate(read.Value) is null;
    }

    private static byte[] Raw(string json) => Encoding.UTF8.GetBytes(json);
}
