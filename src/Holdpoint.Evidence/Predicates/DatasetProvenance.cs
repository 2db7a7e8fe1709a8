using System.Collections.Immutable;
using System.Text.Json;
using Holdpoint.Evidence.Chunks;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Json;
using Holdpoint.Log;

namespace Holdpoint.Evidence.Predicates;

/// <summary>
/// <c>dataset-provenance/v1</c>: the provenance of data. It is about whole files (the statement's subjects) and about lines of text
/// (<see cref="Chunks"/>), at least one of either.
/// </summary>
public sealed class DatasetProvenance : Predicate
{
    /// <summary>
    /// The number of persons in a dataset that does not state it: 2^40, the count at which the gateway saturates, so that silence is the
    /// worst case.
    /// </summary>
    public const long UnknownSubjects = 1L << 40;

    /// <summary>The maximum number of values of a list member.</summary>
    public const int MaxValues = 64;

    /// <inheritdoc/>
    public override PredicateType Type => PredicateType.DatasetProvenance;

    /// <summary>Domestic or foreign persons; null is unknown.</summary>
    public string? Origin { get; init; }

    /// <summary>The law under which the data was collected; null is unknown.</summary>
    public string? Jurisdiction { get; init; }

    /// <summary>The way in which the data was acquired; null is unknown.</summary>
    public string? Acquisition { get; init; }

    /// <summary>The consent that the persons gave; null is unknown.</summary>
    public string? Consent { get; init; }

    /// <summary>The classes of data in the dataset, distinct; empty is unknown (a statement cannot say "none" by silence).</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>
    /// The number of persons that the dataset is about, 0 to 2^53 − 1; null is unknown. See <see cref="SubjectsOrWorst"/>.
    /// </summary>
    public long? Subjects { get; init; }

    /// <summary>The attested lines, or <see cref="ChunkList.Empty"/> when only whole files are attested.</summary>
    public ChunkList Chunks { get; init; } = ChunkList.Empty;

    /// <summary><see cref="Subjects"/> saturated at 2^40, and 2^40 when unknown.</summary>
    public long SubjectsOrWorst => Math.Min(Subjects ?? UnknownSubjects, UnknownSubjects);

    internal static DatasetProvenance Read(Fields fields, Faults faults) => new()
    {
        Origin = fields.Text("origin"),
        Jurisdiction = fields.Text("jurisdiction"),
        Acquisition = fields.Text("acquisition"),
        Consent = fields.Text("consent"),
        Classes = fields.Texts("classes", MaxValues) is { IsDefault: false } classes ? classes : [],
        Subjects = fields.Count("subjects"),
        Deployments = fields.Texts("deployments", MaxValues) is { IsDefault: false } deployments ? deployments : [],
        Validity = Validity.Read(fields, faults, mustExpire: false),
        Chunks = fields.Take("chunks") is { } chunks ? ReadChunks(chunks, faults) : ChunkList.Empty,
    };

    internal override string? FaultWith(ImmutableArray<StatementSubject> subjects) =>
        subjects.IsEmpty && Chunks.Digests.IsEmpty ? "the statement attests neither a file nor a line" : null;

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        WriteText(json, "origin", Origin);
        WriteText(json, "jurisdiction", Jurisdiction);
        WriteText(json, "acquisition", Acquisition);
        WriteText(json, "consent", Consent);
        WriteTexts(json, "classes", Classes);
        if (Subjects is { } subjects)
        {
            json.WriteNumber("subjects"u8, subjects);
        }

        WriteTexts(json, "deployments", Deployments);
        Validity.WriteMembers(json);
        if (Chunks.Digests.IsEmpty)
        {
            return;
        }

        json.WriteStartObject("chunks"u8);
        json.WriteString("root"u8, Chunks.Root.ToHex());
        json.WriteStartArray("digests"u8);
        foreach (var digest in Chunks.Digests)
        {
            json.WriteStringValue(digest.ToHex());
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static ChunkList ReadChunks(JsonElement element, Faults faults)
    {
        var fields = new Fields(element, "predicate.chunks", faults);
        var root = HexHash.Require(fields, "root", faults);
        var digests = ImmutableArray.CreateBuilder<Hash>();
        if (fields.Require("digests") is { } list)
        {
            if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is < 1 or > ChunkList.MaxCount)
            {
                faults.Add($"predicate.chunks.digests must be a list of 1 to {ChunkList.MaxCount}");
                return ChunkList.Empty;
            }

            foreach (var item in list.EnumerateArray())
            {
                if (!HexHash.TryRead(item, out var digest))
                {
                    faults.Add($"predicate.chunks.digests[{digests.Count}] must be 64 lower-case hex digits");
                    return ChunkList.Empty;
                }

                digests.Add(digest);
            }
        }

        fields.Close();
        if (faults.Any)
        {
            return ChunkList.Empty;
        }

        if (!ChunkList.TryRead(digests.ToImmutable(), root, out var chunks, out var fault))
        {
            faults.Add($"predicate.chunks.digests {fault}");
            return ChunkList.Empty;
        }

        return chunks;
    }
}
