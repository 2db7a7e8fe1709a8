using Holdpoint.Policy;

namespace Holdpoint.Agreements;

/// <summary>
/// Turns situations into Cedar contexts, in the words of one agreement's vocabulary. Allocates nothing for words that are listed.
/// Thread-safe.
/// </summary>
internal sealed class SituationContext(Vocabulary vocabulary, IEnumerable<string> issuers, IEnumerable<string> phrases)
{
    // Seats are filled for a release, by few people, in few ways.
    private const int MaxKeptSeats = 1024;

    private readonly WordList _environments = WordList.Of(vocabulary, "Environment");
    private readonly WordList _purposes = WordList.Of(vocabulary, "Purpose");
    private readonly WordList _bases = WordList.Of(vocabulary, "LegalBasis");
    private readonly WordList _origins = WordList.Of(vocabulary, "Origin");
    private readonly WordList _jurisdictions = WordList.Of(vocabulary, "Jurisdiction");
    private readonly WordList _acquisitions = WordList.Of(vocabulary, "Acquisition");
    private readonly WordList _consents = WordList.Of(vocabulary, "Consent");
    private readonly WordList _classes = WordList.Of(vocabulary, "DataClass");
    private readonly WordList _issuers = new(issuers.Select(name => KeyValuePair.Create(name, (Value)IssuerOf(name))), IssuerOf);
    private readonly WordList _phrases = new(phrases.Select(name => KeyValuePair.Create(name, (Value)Value.Of(name))), Value.Of);
    private readonly Kept<Seats, SetValue> _seats = new(MaxKeptSeats);

    /// <summary>
    /// Writes the context. False when the situation names a value that only a bug can name: an issuer that the agreement does not trust, a
    /// seat or a claim that the vocabulary does not list. An unlisted value from a statement counts as unknown instead.
    /// </summary>
    /// <param name="situation">The situation.</param>
    /// <param name="suspended">Whether the agreement suspends the deployment.</param>
    /// <param name="to">Where to; it must be empty.</param>
    public bool TryWrite(Situation situation, bool suspended, ContextBuffer to)
    {
        if (!_issuers.HasAll(situation.Content.Issuers) || !AreListed(situation.Claimed)
            || SeatsOf(situation.FilledSeats) is not { } seats)
        {
            return false;
        }

        // Fields in the ordinal order of their names, which is the fastest.
        var context = to.Context;
        if (situation.Authority is { } authority)
        {
            to.Authority.Add("basis", _bases.ValueOf(authority.Basis));
            to.Authority.Add("coversContent", Value.Of(authority.CoversContent));
            context.Add("authority", to.Authority);
        }

        Write(situation.Claimed, to.Claimed);
        context.Add("claimed", to.Claimed);
        Write(situation.Content, to.Content);
        context.Add("content", to.Content);
        context.Add("environment", _environments.ValueOf(situation.Environment));
        to.Exposure.Add("locations", situation.Exposure.Locations);
        to.Exposure.Add("persons", situation.Exposure.Persons);
        to.Exposure.Add("records", situation.Exposure.Records);
        context.Add("exposure", to.Exposure);
        Add("purpose", _purposes, situation.Purpose, context);
        context.Add("seats", seats);
        Write(situation.Signals, to.Signals);
        context.Add("signals", to.Signals);
        context.Add("suspended", Value.Of(suspended || situation.Suspended));
        return true;
    }

    private void Write(ContentFacts facts, RecordBuffer content)
    {
        content.Add("acquisitions", _acquisitions.SetOf(facts.Acquisitions));
        content.Add("classes", _classes.SetOf(facts.Classes));
        content.Add("consents", _consents.SetOf(facts.Consents));
        content.Add("issuers", _issuers.SetOf(facts.Issuers));
        content.Add("jurisdictions", _jurisdictions.SetOf(facts.Jurisdictions));
        content.Add("origins", _origins.SetOf(facts.Origins));
        content.Add("subjects", facts.Subjects);
        content.Add("unattestedBytes", facts.UnattestedBytes);
        content.Add("unattestedPersons", facts.UnattestedPersons);
    }

    private bool AreListed(Claimed said) =>
        IsListed(_purposes, said.Purpose) && IsListed(_origins, said.Origin) && IsListed(_jurisdictions, said.Jurisdiction)
        && IsListed(_acquisitions, said.Acquisition) && IsListed(_consents, said.Consent) && IsListed(_environments, said.Environment)
        && IsListed(_bases, said.Authority) && (said.Classes is null || _classes.HasAll(said.Classes));

    private static bool IsListed(WordList list, string? said) => said is null || list.Has(said);

    private void Write(Claimed said, RecordBuffer claimed)
    {
        Add("acquisition", _acquisitions, said.Acquisition, claimed);
        Add("authority", _bases, said.Authority, claimed);
        if (said.Classes is { } classes)
        {
            claimed.Add("classes", _classes.SetOf(classes));
        }

        Add("consent", _consents, said.Consent, claimed);
        Add("environment", _environments, said.Environment, claimed);
        if (said.Human is { } human)
        {
            claimed.Add("human", Value.Of(human));
        }

        Add("jurisdiction", _jurisdictions, said.Jurisdiction, claimed);
        Add("origin", _origins, said.Origin, claimed);
        Add("purpose", _purposes, said.Purpose, claimed);
    }

    private void Write(Signals found, RecordBuffer signals)
    {
        Add("locations", found.Locations, signals);
        Add("persons", found.Persons, signals);
        if (found.Phrases is { } phrases)
        {
            signals.Add("phrases", _phrases.SetOf(phrases));
        }

        Add("records", found.Records, signals);
    }

    private static void Add(string name, WordList list, string? word, RecordBuffer to)
    {
        if (word is not null)
        {
            to.Add(name, list.ValueOf(word));
        }
    }

    private static void Add(string name, long? count, RecordBuffer to)
    {
        if (count is { } number)
        {
            to.Add(name, number);
        }
    }

    /// <summary>The set of the seats; null when the vocabulary does not list one of them.</summary>
    private SetValue? SeatsOf(Seats filled)
    {
        if (filled.Count == 0)
        {
            return SetValue.Empty;
        }

        if (_seats.TryGet(filled, out var kept))
        {
            return kept;
        }

        return filled.Names.All(name => vocabulary.HasValue("Seat", name))
            ? _seats.Keep(filled, Value.Set(filled.Names.Select(name => vocabulary.ValueOrWorst("Seat", name))))
            : null;
    }

    private static EntityValue IssuerOf(string name) => Value.Of(new EntityUid("Holdpoint::Issuer", name));
}
