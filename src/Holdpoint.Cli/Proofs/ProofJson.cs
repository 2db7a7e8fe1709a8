using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Holdpoint.Analysis.Changes;
using Holdpoint.Analysis.Counterexamples;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Policy.Json;

namespace Holdpoint.Cli.Proofs;

/// <summary>The answers of <c>prove</c>, <c>impact</c> and <c>diff</c> with <c>--json</c> (docs/reference/proofs.md).</summary>
internal static class ProofJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(AgreementProof proof) => Write(json =>
    {
        json.WriteString("bundle", proof.Bundle.ToString());
        json.WriteBoolean("proved", proof.IsProved);
        json.WriteNumber("analysis", AgreementProof.AnalysisVersion);
        WriteTexts(json, "solvers", proof.Solvers.Select(solver => solver.ToString().ToLowerInvariant()));
        json.WriteStartArray("theorems");
        foreach (var theorem in proof.Theorems)
        {
            json.WriteStartObject();
            json.WriteString("id", theorem.Theorem.ToString());
            WriteText(json, "clause", theorem.Clause?.ToString());
            json.WriteString("result", theorem.Result.ToString().ToLowerInvariant());
            json.WriteNumber("ms", (long)theorem.Time.TotalMilliseconds);
            if (theorem.Witnesses is [.., var last])
            {
                json.WritePropertyName("witness");
                WriteWitness(json, last);
            }
            else
            {
                json.WriteNull("witness");
            }

            if (theorem.Witnesses is [var first, _, ..])
            {
                json.WritePropertyName("comparedWith");
                WriteWitness(json, first);
            }

            if (theorem.Why is { } why)
            {
                json.WriteString("why", why);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static string Of(Difference difference) => Write(json =>
    {
        json.WriteBoolean("nothingChanges", difference.IsNothing);
        json.WriteBoolean("loosens", !difference.IsTightening);
        json.WriteStartArray("changes");
        foreach (var change in difference.Changes)
        {
            json.WriteStartObject();
            json.WriteString("clause", change.Clause.ToString());
            if (change.Policy is { } policy)
            {
                json.WriteNumber("policy", policy);
            }
            else
            {
                json.WriteNull("policy");
            }

            json.WriteBoolean("looser", change.IsLooser);
            json.WriteString("before", change.Before.ToString());
            json.WriteString("after", change.After.ToString());
            WriteTexts(json, "stoppedBy", change.StoppedBy.Select(clause => clause.ToString()));
            json.WritePropertyName("witness");
            WriteWitness(json, change.Witness);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteTexts(json, "notProved", difference.NotProved);
    });

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void WriteWitness(Utf8JsonWriter json, Witness witness)
    {
        json.WriteStartObject();
        json.WriteString("text", WitnessText.Describe(witness));
        json.WritePropertyName("request");
        RequestJson.Write(json, witness.Request);
        json.WritePropertyName("entities");
        EntitiesJson.Write(json, witness.Entities);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
