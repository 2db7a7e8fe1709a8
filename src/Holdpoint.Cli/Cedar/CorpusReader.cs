using System.Runtime.InteropServices;
using System.Text.Json;
using Holdpoint.Policy;
using Holdpoint.Policy.Json;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Cli.Cedar;

/// <summary>
/// Finds and reads tests in both formats: the public one, whose files name files of policies and entities, and the scenarios, which
/// hold everything in one file. What a file is shows in its content.
/// </summary>
internal sealed class CorpusReader
{
    /// <summary>Deeper than any schema or policy of the published tests, and than the limits of what is read from it.</summary>
    internal static readonly JsonDocumentOptions Depth = new() { MaxDepth = 4_096 };

    private readonly CorpusFiles _files;
    private readonly string _file;
    private readonly List<string> _faults = [];

    private CorpusReader(CorpusFiles files, string file)
    {
        _files = files;
        _file = file;
    }

    private string Id => Path.ChangeExtension(_file, null);

    /// <summary>The tests among the files, in the ordinal order of their paths.</summary>
    public static IEnumerable<CorpusTest> ReadAll(CorpusFiles files)
    {
        foreach (var file in files.Paths.Where(f => f.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            // Companions of a test have a second ending; a test does not.
            if (!Path.GetFileNameWithoutExtension(file).Contains('.', StringComparison.Ordinal)
                && new CorpusReader(files, file).Read() is { } test)
            {
                yield return test;
            }
        }
    }

    private CorpusTest? Read()
    {
        try
        {
            using var document = JsonDocument.Parse(_files.Read(_file), Depth with { AllowDuplicateProperties = false });
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("requests", out var requests)
                && root.TryGetProperty("policies", out var policies) && root.TryGetProperty("entities", out var entities)
                ? ReadTest(root, requests, policies, entities)
                : null;
        }
        catch (Exception e) when (IsUnusable(e))
        {
            _faults.Add($"does not have the form of a test: {e.Message}");
            return new(Id, null, null, null, null, null, [], _faults);
        }
    }

    /// <summary>
    /// A part that cannot be read is a fault of this test, which then agrees in nothing; the other parts and tests are read nevertheless.
    /// </summary>
    private CorpusTest ReadTest(JsonElement root, JsonElement requests, JsonElement policies, JsonElement entities)
    {
        var isScenario = entities.ValueKind == JsonValueKind.Array;
        var schema = Attempt("schema", () => ReadSchema(root, isScenario));
        var resolved = Resolve(schema);

        // The results of scenarios are of plain evaluation, whatever their schema says of the request; those of the public
        // tests are of entities and requests that were read with the schema.
        var types = isScenario ? null : resolved;
        return new(
            Id,
            Attempt("policies", () => ReadPolicies(
                root, isScenario
                    ? policies.GetString()!
                    : CedarFile.Decode(policies.GetString()!, _files.Read(Locate(policies.GetString()!))))),
            Attempt("entities", () => ReadEntities(isScenario ? Raw(entities) : _files.Read(Locate(entities.GetString()!)), types)),
            schema,
            resolved,
            Attempt("what is said of validation", () => CorpusValidity.Read(root, isScenario, resolved)),
            [.. requests.EnumerateArray().Select(request =>
                Attempt("request", () => ReadRequest(request, types))
                ?? new(null, Decision.Deny, new HashSet<string>(), new HashSet<string>()))],
            _faults);
    }

    private T? Attempt<T>(string what, Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsUnusable(e))
        {
            _faults.Add($"{what}: {e.Message}");
            return null;
        }
    }

    /// <summary>Not JSON, a member that is missing or of another kind, or a file that cannot be read.</summary>
    private static bool IsUnusable(Exception e) =>
        e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or CommandFailureException;

    private EntityStore? ReadEntities(byte[] json, CedarSchema? types) =>
        Sound("entities", types is null ? EntitiesJson.Parse(json) : EntitiesJson.Parse(json, types));

    private SchemaDocument? ReadSchema(JsonElement test, bool isScenario)
    {
        if (!test.TryGetProperty("schema", out var given))
        {
            return null;
        }

        var named = given.GetString()!;
        var text = isScenario ? named : CedarFile.Decode(named, _files.Read(Locate(named)));
        var parsed = SchemaParser.Parse(text);
        _faults.AddRange(parsed.Diagnostics.Select(d => $"schema: {d.Describe(text)}"));
        return parsed.Document;
    }

    private CedarSchema? Resolve(SchemaDocument? schema)
    {
        var resolved = schema is null ? null : CedarSchema.Resolve(schema);
        _faults.AddRange(resolved?.Diagnostics.Select(d => $"schema: {d.Describe(null)}") ?? []);
        return resolved?.Schema;
    }

    private PolicySet? ReadPolicies(JsonElement test, string text)
    {
        var parsed = Parse("policies", text);
        var templates = new List<Template>(parsed.Templates);
        foreach (var (id, template) in Members(test, "templates"))
        {
            templates.AddRange(Parse($"template {id}", template.GetString()!).Templates.Select(t => new Template(t.Body with { Id = id })));
        }

        var links = new List<TemplateLink>();
        foreach (var link in test.TryGetProperty("links", out var given) ? given.EnumerateArray() : default)
        {
            var values = link.GetProperty("values");
            links.Add(new(
                link.GetProperty("templateId").GetString()!, link.GetProperty("newId").GetString()!,
                ReadSlot(values, "?principal"), ReadSlot(values, "?resource")));
        }

        if (_faults.Count > 0)
        {
            return null;
        }

        try
        {
            return PolicySet.Create(parsed.Policies, templates, links);
        }
        catch (ArgumentException unfit)
        {
            _faults.Add(unfit.Message);
            return null;
        }
    }

    private PolicyParseResult Parse(string what, string text)
    {
        var parsed = PolicyParser.Parse(text);
        _faults.AddRange(parsed.Diagnostics.Select(d => $"{what}: {d.Describe(text)}"));
        return parsed;
    }

    private CorpusRequest ReadRequest(JsonElement element, CedarSchema? types) => new(
        Sound("request", types is null ? RequestJson.Parse(Raw(element)) : RequestJson.Parse(Raw(element), types)),
        element.GetProperty("decision").GetString() == "allow" ? Decision.Allow : Decision.Deny,
        Ids(element.GetProperty("reason")),
        Ids(element.GetProperty("errors")));

    private T? Sound<T>(string what, JsonOutcome<T> read)
        where T : class
    {
        if (!read.IsValid)
        {
            _faults.Add($"{what}: {read.Fault}");
        }

        return read.Value;
    }

    /// <summary>
    /// The file that a test names: relative to a folder above it (up to the one above the root), or by its last part beside it.
    /// </summary>
    private string Locate(string named)
    {
        var beside = Path.GetDirectoryName(_file) ?? "";
        for (var folder = beside; !Path.IsPathRooted(named); folder = Path.GetDirectoryName(folder) ?? "")
        {
            if (_files.Exists(Path.Combine(folder, named)))
            {
                return Path.Combine(folder, named);
            }

            if (folder.Length == 0)
            {
                var above = Path.Combine("..", named);
                return _files.Exists(above) ? above : Path.Combine(beside, Path.GetFileName(named));
            }
        }

        return Path.Combine(beside, Path.GetFileName(named));
    }

    private static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement element, string name) =>
        element.TryGetProperty(name, out var given) ? given.EnumerateObject().Select(p => (p.Name, p.Value)) : [];

    private static EntityUid? ReadSlot(JsonElement values, string slot) =>
        values.TryGetProperty(slot, out var uid) ? ReadUid(uid) : null;

    /// <summary>The uid of an entity, plain or in <c>__entity</c>.</summary>
    internal static EntityUid ReadUid(JsonElement uid) => uid.TryGetProperty("__entity", out var inner)
        ? ReadUid(inner)
        : new(uid.GetProperty("type").GetString()!, uid.GetProperty("id").GetString()!);

    private static HashSet<string> Ids(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetString()!)];

    internal static byte[] Raw(JsonElement element) => JsonMarshal.GetRawUtf8Value(element).ToArray();
}
