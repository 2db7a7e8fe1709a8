using System.Text;
using Holdpoint.Policy.Json;

namespace Holdpoint.Policy.Bench;

/// <summary>
/// The request of all cases: a model is called with 40 attested rows and some claims, without a legal authority. It is allowed.
/// </summary>
internal static class RedLineRequest
{
    public const string Entities =
        """
        [
          {"uid": {"type": "Holdpoint::Principal", "id": "analyst-7"}, "attrs": {}, "parents": [{"type": "Holdpoint::Deployment", "id": "analysts-cloud"}]},
          {"uid": {"type": "Holdpoint::Deployment", "id": "analysts-cloud"}, "attrs": {}, "parents": [{"type": "Holdpoint::Customer", "id": "agency"}]},
          {"uid": {"type": "Holdpoint::Customer", "id": "agency"}, "attrs": {}, "parents": []},
          {"uid": {"type": "Holdpoint::Model", "id": "gpt-x"}, "attrs": {}, "parents": [{"type": "Holdpoint::Provider", "id": "openai"}]},
          {"uid": {"type": "Holdpoint::Provider", "id": "openai"}, "attrs": {}, "parents": []},
          {"uid": {"type": "Holdpoint::Action", "id": "invoke"}, "attrs": {}, "parents": []}
        ]
        """;

    public static string Json { get; } = $$"""
        {
          "principal": {"type": "Holdpoint::Principal", "id": "analyst-7"},
          "action": {"type": "Holdpoint::Action", "id": "invoke"},
          "resource": {"type": "Holdpoint::Model", "id": "gpt-x"},
          "context": {
            "environment": {{Entity("Environment", "cloud")}}, "suspended": false,
            "content": {
              "origins": [{{Entity("Origin", "foreign")}}], "jurisdictions": [{{Entity("Jurisdiction", "eu")}}],
              "acquisitions": [{{Entity("Acquisition", "commercial")}}], "consents": [{{Entity("Consent", "terms")}}],
              "classes": [{{Entity("DataClass", "geolocation")}}, {{Entity("DataClass", "other")}}],
              "issuers": [{{Entity("Issuer", "registry")}}], "subjects": 40, "unattestedBytes": 1200, "unattestedPersons": 3
            },
            "exposure": {"persons": 40, "locations": 3},
            "seats": [],
            "claimed": {"purpose": {{Entity("Purpose", "general")}}, "consent": {{Entity("Consent", "individual")}}, "human": true},
            "signals": {"persons": 3, "locations": 2, "phrases": ["greeting"]}
          }
        }
        """;

    public static Request Read() => RequestJson.Parse(Encoding.UTF8.GetBytes(Json)).Value!;

    public static EntityStore ReadEntities() => EntitiesJson.Parse(Encoding.UTF8.GetBytes(Entities)).Value!;

    private static string Entity(string type, string id) => $$"""{"__entity": {"type": "Holdpoint::{{type}}", "id": "{{id}}"} }""";
}
