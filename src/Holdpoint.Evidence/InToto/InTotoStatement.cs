using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Holdpoint.Evidence.Json;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Log;

namespace Holdpoint.Evidence.InToto;

/// <summary>
/// An in-toto Statement v1 (in-toto/attestation, spec v1): one of Holdpoint's predicates, and its subjects. Immutable; nothing here proves
/// its truth or its author.
/// </summary>
public sealed class InTotoStatement
{
    /// <summary>The DSSE payload type of a statement.</summary>
    public const string PayloadType = "application/vnd.in-toto+json";

    /// <summary>The maximum number of subjects. The chunk digests are not among them.</summary>
    public const int MaxSubjects = 1_000;

    private const string TypeUri = "https://in-toto.io/Statement/v1";

    /// <param name="subjects">The subjects; at most <see cref="MaxSubjects"/>.</param>
    /// <param name="predicate">The predicate about the subjects.</param>
    public InTotoStatement(ImmutableArray<StatementSubject> subjects, Predicate predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(subjects.Length, MaxSubjects, nameof(subjects));
        Subjects = subjects;
        Predicate = predicate;
    }

    /// <summary>The subjects of the statement. The list may be empty for an authority, which is about people rather than things.</summary>
    public ImmutableArray<StatementSubject> Subjects { get; }

    /// <summary>The predicate about the subjects.</summary>
    public Predicate Predicate { get; }

    /// <summary>The statement as JSON: the payload to sign.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, PlainJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("_type"u8, TypeUri);
            json.WriteStartArray("subject"u8);
            foreach (var subject in Subjects)
            {
                json.WriteStartObject();
                if (subject.Name is { } name)
                {
                    json.WriteString("name"u8, name);
                }

                json.WriteStartObject("digest"u8);
                json.WriteString("sha256"u8, subject.Digest.ToHex());
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("predicateType"u8, Predicate.Type.Uri);
            json.WriteStartObject("predicate"u8);
            Predicate.WriteMembers(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a statement; on a fault returns null. Unknown and duplicate members are faults (ADR 0030).</summary>
    internal static InTotoStatement? Read(ReadOnlyMemory<byte> json, Faults faults)
    {
        using var document = StrictJson.Parse(json, "the statement", faults);
        if (document is null)
        {
            return null;
        }

        var fields = new Fields(document.RootElement, "statement", faults);
        if (fields.RequiredText("_type") is var type && type != TypeUri)
        {
            faults.Add($"statement._type must be {TypeUri}");
        }

        var subjects = fields.Require("subject") is { } list ? ReadSubjects(list, faults) : [];
        var predicate = ReadPredicate(fields, faults);
        fields.Close();
        if (predicate?.FaultWith(subjects) is { } fault)
        {
            faults.Add(fault);
        }

        return faults.Any ? null : new(subjects, predicate!);
    }

    private static Predicate? ReadPredicate(Fields statement, Faults faults)
    {
        var uri = statement.RequiredText("predicateType");
        if (statement.Require("predicate") is not { } body)
        {
            return null;
        }

        if (PredicateType.FromUri(uri) is not { } type)
        {
            faults.Add("statement.predicateType is not a predicate that we know");
            return null;
        }

        var fields = new Fields(body, "predicate", faults);
        var predicate = type.Read(fields, faults);
        fields.Close();
        return predicate;
    }

    private static ImmutableArray<StatementSubject> ReadSubjects(JsonElement list, Faults faults)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaxSubjects)
        {
            faults.Add($"statement.subject must be a list of at most {MaxSubjects}");
            return [];
        }

        var subjects = ImmutableArray.CreateBuilder<StatementSubject>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            var fields = new Fields(item, $"statement.subject[{subjects.Count}]", faults);
            var name = fields.Text("name");
            Hash digest = default;
            if (fields.Require("digest") is { } set)
            {
                var digests = new Fields(set, fields.PathOf("digest"), faults);
                digest = HexHash.Require(digests, "sha256", faults);
                digests.Close();
            }

            fields.Close();
            subjects.Add(new(name, digest));
        }

        return subjects.MoveToImmutable();
    }
}
