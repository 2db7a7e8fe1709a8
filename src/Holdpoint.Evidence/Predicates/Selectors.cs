using System.Collections.Immutable;
using System.Text.Json;
using Holdpoint.Evidence.Json;

namespace Holdpoint.Evidence.Predicates;

/// <summary>
/// The data that an authority covers. Each selector that is given must match a dataset; one that is not given does not restrict; with none
/// given, nothing is covered. A value that a statement leaves unknown matches no selector.
/// </summary>
public sealed class Selectors
{
    /// <summary>The maximum number of datasets that one authority names.</summary>
    public const int MaxDatasets = 1_000;

    /// <summary>No selector, which covers nothing.</summary>
    public static Selectors None { get; } = new();

    /// <summary>
    /// The datasets, by the id of their statement or, written the same way, by the root of their chunks. Empty: not given.
    /// </summary>
    public ImmutableArray<EvidenceId> Datasets { get; init; } = [];

    /// <summary>The permitted classes: every class of a covered dataset is one of them. Empty: not given.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>The permitted origins: the origin of a covered dataset is one of them. Empty: not given.</summary>
    public ImmutableArray<string> Origins { get; init; } = [];

    /// <summary>Whether no selector is given.</summary>
    public bool IsNone => Datasets.IsEmpty && Classes.IsEmpty && Origins.IsEmpty;

    /// <summary>Whether the dataset of the statement <paramref name="id"/> is covered.</summary>
    public bool Cover(EvidenceId id, DatasetProvenance dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return !IsNone
            && (Datasets.IsEmpty || Datasets.Contains(id)
                || (!dataset.Chunks.Digests.IsEmpty && Datasets.Contains(new(dataset.Chunks.Root))))
            && (Classes.IsEmpty || (!dataset.Classes.IsEmpty && dataset.Classes.All(c => IsKnown(c) && Classes.Contains(c))))
            && (Origins.IsEmpty || (dataset.Origin is { } origin && IsKnown(origin) && Origins.Contains(origin)));
    }

    internal static Selectors Read(JsonElement element, Faults faults)
    {
        var fields = new Fields(element, "predicate.selectors", faults);
        var datasets = ImmutableArray.CreateBuilder<EvidenceId>();
        foreach (var text in OrNone(fields.Texts("datasets", MaxDatasets)))
        {
            if (!EvidenceId.TryParse(text, out var id))
            {
                faults.Add($"{fields.PathOf("datasets")}[{datasets.Count}] must be sha256: and 64 lower-case hex digits");
            }

            datasets.Add(id);
        }

        var selectors = new Selectors
        {
            Datasets = datasets.ToImmutable(),
            Classes = OrNone(fields.Texts("classes", DatasetProvenance.MaxValues)),
            Origins = OrNone(fields.Texts("origins", DatasetProvenance.MaxValues)),
        };
        fields.Close();
        return selectors;
    }

    // Every vocabulary says "nobody has said" this way; a dataset that says so in words is no better known than one that is silent.
    private static bool IsKnown(string value) => value != "unknown";

    private static ImmutableArray<string> OrNone(ImmutableArray<string> texts) => texts.IsDefault ? [] : texts;
}
