using System.Collections.Immutable;
using Holdpoint.Policy;

namespace Holdpoint.Agreements;

/// <summary>Turns situations into Cedar contexts, in the words of one agreement's vocabulary.</summary>
internal sealed class SituationContext(Vocabulary vocabulary, IEnumerable<string> issuers)
{
    private readonly Dictionary<string, EntityValue> _issuers =
        issuers.ToDictionary(name => name, name => Value.Of(new EntityUid("Holdpoint::Issuer", name)), StringComparer.Ordinal);

    /// <summary>
    /// Writes the context. False when the situation names a value that only a bug can name: an issuer that the agreement does not trust, a
    /// seat or a claim that the vocabulary does not list. An unlisted value from a statement counts as unknown instead.
    /// </summary>
    public bool TryWrite(Situation situation, bool suspended, out RecordValue context)
    {
        context = RecordValue.Empty;
        if (!TryWriteContent(situation.Content, out var content) || !TryWriteSeats(situation.FilledSeats, out var seats)
            || !TryWriteClaimed(situation.Claimed, out var claimed))
        {
            return false;
        }

        List<KeyValuePair<string, Value>> fields =
        [
            new("environment", vocabulary.ValueOrWorst("Environment", situation.Environment)),
            new("suspended", Value.Of(suspended || situation.Suspended)),
            new("content", content),
            new("exposure", WriteExposure(situation.Exposure)),
            new("seats", seats),
            new("claimed", claimed),
            new("signals", WriteSignals(situation.Signals)),
        ];
        if (situation.Purpose is { } purpose)
        {
            fields.Add(new("purpose", vocabulary.ValueOrWorst("Purpose", purpose)));
        }

        if (situation.Authority is { } authority)
        {
            fields.Add(new(
                "authority",
                Value.Record(
                    new("basis", vocabulary.ValueOrWorst("LegalBasis", authority.Basis)),
                    new("coversContent", Value.Of(authority.CoversContent)))));
        }

        context = Value.Record(fields);
        return true;
    }

    private bool TryWriteContent(ContentFacts facts, out RecordValue content)
    {
        content = RecordValue.Empty;
        if (!facts.Issuers.All(_issuers.ContainsKey))
        {
            return false;
        }

        content = Value.Record(
            new("origins", Set("Origin", facts.Origins)),
            new("jurisdictions", Set("Jurisdiction", facts.Jurisdictions)),
            new("acquisitions", Set("Acquisition", facts.Acquisitions)),
            new("consents", Set("Consent", facts.Consents)),
            new("classes", Set("DataClass", facts.Classes)),
            new("issuers", Value.Set(facts.Issuers.Select(name => _issuers[name]))),
            new("subjects", Value.Of(facts.Subjects)),
            new("unattestedBytes", Value.Of(facts.UnattestedBytes)),
            new("unattestedPersons", Value.Of(facts.UnattestedPersons)));
        return true;
    }

    private bool TryWriteSeats(Seats filled, out SetValue seats)
    {
        seats = SetValue.Empty;
        List<Value> values = [];
        foreach (var seat in filled)
        {
            if (!vocabulary.HasValue("Seat", seat.ToString()))
            {
                return false;
            }

            values.Add(vocabulary.ValueOrWorst("Seat", seat.ToString()));
        }

        seats = Value.Set(values);
        return true;
    }

    private bool TryWriteClaimed(Claimed said, out RecordValue claimed)
    {
        List<KeyValuePair<string, Value>> fields = [];
        var known = Claim("purpose", "Purpose", said.Purpose)
            & Claim("origin", "Origin", said.Origin)
            & Claim("jurisdiction", "Jurisdiction", said.Jurisdiction)
            & Claim("acquisition", "Acquisition", said.Acquisition)
            & Claim("consent", "Consent", said.Consent)
            & Claim("environment", "Environment", said.Environment)
            & Claim("authority", "LegalBasis", said.Authority);
        if (said.Classes is { } classes)
        {
            known &= classes.All(value => vocabulary.HasValue("DataClass", value));
            fields.Add(new("classes", Set("DataClass", classes)));
        }

        if (said.Human is { } human)
        {
            fields.Add(new("human", Value.Of(human)));
        }

        claimed = Value.Record(fields);
        return known;

        bool Claim(string name, string list, string? value)
        {
            if (value is not null)
            {
                fields.Add(new(name, vocabulary.ValueOrWorst(list, value)));
            }

            return value is null || vocabulary.HasValue(list, value);
        }
    }

    private static RecordValue WriteExposure(ExposureCounts exposure) => Value.Record(
        new("persons", Value.Of(exposure.Persons)),
        new("records", Value.Of(exposure.Records)),
        new("locations", Value.Of(exposure.Locations)));

    private static RecordValue WriteSignals(Signals signals)
    {
        List<KeyValuePair<string, Value>> fields = [];
        Add("persons", signals.Persons is { } persons ? Value.Of(persons) : null);
        Add("records", signals.Records is { } records ? Value.Of(records) : null);
        Add("locations", signals.Locations is { } locations ? Value.Of(locations) : null);
        Add("phrases", signals.Phrases is { } phrases ? Value.Set(phrases.Select(Value.Of)) : null);
        return Value.Record(fields);

        void Add(string name, Value? value)
        {
            if (value is not null)
            {
                fields.Add(new(name, value));
            }
        }
    }

    private SetValue Set(string list, ImmutableHashSet<string> values) =>
        values.IsEmpty ? SetValue.Empty : Value.Set(values.Select(value => vocabulary.ValueOrWorst(list, value)));
}
