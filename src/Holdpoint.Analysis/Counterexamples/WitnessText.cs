using System.Globalization;
using Holdpoint.Agreements;
using Holdpoint.Policy;

namespace Holdpoint.Analysis.Counterexamples;

/// <summary>Says what a witness is about, in the words of the vocabulary, leaving out what is as usual.</summary>
public static class WitnessText
{
    private const string Prefix = Vocabulary.Namespace + "::";

    private static readonly (string Attribute, string Words)[] ContentSets =
    [
        ("acquisitions", "acquired"), ("origins", "origin"),
        ("jurisdictions", "jurisdiction"), ("consents", "consent"), ("classes", "classes"),
    ];

    private static readonly (string Attribute, string Words)[] ContentCounts =
    [
        ("subjects", "persons in the data"), ("unattestedPersons", "persons that nobody vouches for"),
        ("unattestedBytes", "bytes that nobody vouches for"),
    ];

    /// <summary>
    /// One sentence for each part of the situation that says anything. A request with another context is given as Cedar text.
    /// </summary>
    public static string Describe(Witness witness)
    {
        ArgumentNullException.ThrowIfNull(witness);
        var (request, context) = (witness.Request, witness.Request.Context);
        if (request.Action.Type != Prefix + "Action")
        {
            return $"{request.Principal} {request.Action} {request.Resource} {context}";
        }

        List<string> sentences = [$"{Who(witness)} {What(witness)}{Where(context)}."];
        Say(Part(context, "content") is { } content ? Content(content) : [], "The content: ");
        Say(Words(context, "purpose") is { } purpose ? [purpose] : [], "Proved purpose: ");
        sentences.Add(Authority(context));
        Say(
            Fields(Part(context, "exposure")).Where(f => f.Value is LongValue { Value: > 0 }).Select(f => $"{Show(f.Value)} {f.Key}"),
            "Seen so far: ");
        Say(Fields(Part(context, "claimed")).Select(f => $"{f.Key} {Show(f.Value)}"), "The caller claims: ");
        Say(Fields(Part(context, "signals")).Select(f => $"{f.Key} {Show(f.Value)}"), "Detectors find: ");
        Say(
            context.TryGetValue("seats", out var seats) && seats is SetValue { Elements.IsEmpty: false } ? [Show(seats)] : [],
            "Filled seats: ");
        if (context.TryGetValue("suspended", out var suspended) && suspended.Equals(BooleanValue.True))
        {
            sentences.Add("The deployment is suspended.");
        }

        return string.Join(' ', sentences);

        void Say(IEnumerable<string> parts, string start)
        {
            var text = string.Join(", ", parts);
            if (text.Length > 0)
            {
                sentences.Add($"{start}{text}.");
            }
        }
    }

    private static string Who(Witness witness)
    {
        var deployment = AncestorOf(witness, witness.Request.Principal, "Deployment");
        var customer = AncestorOf(witness, witness.Request.Principal, "Customer");
        return (deployment, customer) switch
        {
            ({ } d, { } c) => $"A principal of {d}, of {c},",
            ({ } d, null) => $"A principal of {d}",
            (null, { } c) => $"A principal of {c}",
            _ => "A principal of no known deployment",
        };
    }

    private static string What(Witness witness)
    {
        var resource = witness.Request.Resource;
        if (witness.Request.Action.Id == "invoke")
        {
            return AncestorOf(witness, resource, "Provider") is { } provider
                ? $"calls a model of {provider}"
                : "calls a model of no known provider";
        }

        var effect = witness.Store.TryGet(resource, out var tool) ? Words(tool.Attributes, "effect") : null;
        return $"uses a tool whose effect is {effect ?? "unknown"}";
    }

    private static string Where(RecordValue context) =>
        Words(context, "environment") is { } environment
            ? $", from an environment that is {(environment == "unattested" ? environment : $"proved to be {environment}")}"
            : "";

    private static string Authority(RecordValue context) =>
        Part(context, "authority") is not { } authority ? "There is no authority."
        : $"The authority: {Words(authority, "basis")}, which {(Covers(authority) ? "covers" : "does not cover")} the content.";

    private static bool Covers(RecordValue authority) =>
        authority.TryGetValue("coversContent", out var covers) && covers.Equals(BooleanValue.True);

    private static IEnumerable<string> Content(RecordValue content) =>
    [
        .. ContentSets
            .Select(s => (s.Words, Value: content.TryGetValue(s.Attribute, out var set) ? set as SetValue : null))
            .Where(s => s.Value is { Elements.IsEmpty: false })
            .Select(s => $"{s.Words} {Show(s.Value!)}"),
        .. ContentCounts
            .Select(c => (c.Words, Value: content.TryGetValue(c.Attribute, out var count) ? count as LongValue : null))
            .Where(c => c.Value is { Value: > 0 })
            .Select(c => $"{Show(c.Value!)} {c.Words}"),
    ];

    private static string? AncestorOf(Witness witness, EntityUid entity, string type) =>
        witness.Entities.Where(e => e.Uid.Type == Prefix + type && witness.Store.IsIn(entity, e.Uid))
            .Select(e => e.Uid.Id)
            .FirstOrDefault();

    private static RecordValue? Part(RecordValue record, string name) =>
        record.TryGetValue(name, out var part) ? part as RecordValue : null;

    private static IEnumerable<KeyValuePair<string, Value>> Fields(RecordValue? record) => record?.Fields ?? [];

    private static string? Words(RecordValue record, string name) => record.TryGetValue(name, out var value) ? Show(value) : null;

    private static string Show(Value value) => value switch
    {
        EntityValue { Uid.Id: var id } => id,
        LongValue { Value: var number } => number.ToString("N0", CultureInfo.InvariantCulture),
        StringValue { Value: var text } => text,
        SetValue set => set.Elements.IsEmpty ? "none" : string.Join(" and ", set.Elements.Select(Show)),
        _ => value.ToString(),
    };
}
