using System.Collections.Frozen;

namespace Holdpoint.Signals.Persons;

/// <summary>The kind of value in a field of a record, by the field's name.</summary>
internal enum FieldKind
{
    None,
    FullName,
    GivenName,
    MiddleName,
    Surname,
    Phone,
    SocialSecurityNumber,
    Imei,
    Imsi,
    Passport,
    Latitude,
    Longitude,
}

/// <summary>
/// The names of fields, in JSON keys, column headers and form lines: <c>first_name</c>, <c>First Name</c> and <c>firstName</c> are one.
/// </summary>
internal static class FieldNames
{
    /// <summary>The maximum length of a field name that is looked at, in chars.</summary>
    public const int MaxChars = 48;

    /// <summary>The maximum number of letters in a known name.</summary>
    private const int MaxLetters = 24;

    // "PERSON name" for each of these is the full name of a person; a file's or a product's is not.
    private static readonly string[] Persons =
    [
        "person", "people", "customer", "client", "patient", "employee", "member", "contact", "student", "pupil", "teacher", "applicant",
        "candidate", "defendant", "plaintiff", "suspect", "victim", "witness",
        "passenger", "guest", "tenant", "borrower", "debtor", "holder",
        "account", "accountholder", "cardholder", "policyholder", "beneficiary", "recipient", "sender", "doctor", "physician", "voter",
        "citizen", "resident", "subscriber", "subject", "target", "individual", "user", "mother", "father", "parent", "child", "spouse",
        "maiden", "legal", "real", "birth", "preferred", "display", "complete", "nick", "alias", "respondent", "participant", "worker",
    ];

    private static readonly FrozenDictionary<string, FieldKind> Kinds = Create();
    // The fewest letters of a known name.
    private const int MinLetters = 3;

    // By the first three letters, 'a' being 0: whether any name begins with them. Nearly every comma and colon of a text is asked about.
    private static readonly bool[] Beginnings = BeginningsOf(Kinds.Keys);

    /// <summary>The kind of a field with that name, which is given as in folded text, in any case.</summary>
    public static FieldKind KindOf(ReadOnlySpan<char> name)
    {
        Span<char> squeezed = stackalloc char[MaxLetters];
        var length = 0;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetter(c))
            {
                if (char.IsLetterOrDigit(c))
                {
                    return FieldKind.None; // known names have only letters of ASCII
                }

                continue;
            }

            if (length == MaxLetters)
            {
                return FieldKind.None;
            }

            squeezed[length++] = char.ToLowerInvariant(c);
            if (length == MinLetters && !Beginnings[Beginning(squeezed)])
            {
                return FieldKind.None;
            }
        }

        return Kinds.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(squeezed[..length], out var kind) ? kind : FieldKind.None;
    }

    private static int Beginning(ReadOnlySpan<char> name) => ((((name[0] - 'a') * 26) + name[1] - 'a') * 26) + name[2] - 'a';

    private static bool[] BeginningsOf(IEnumerable<string> names)
    {
        var beginnings = new bool[26 * 26 * 26];
        foreach (var name in names)
        {
            beginnings[Beginning(name)] = true;
        }

        return beginnings;
    }

    private static FrozenDictionary<string, FieldKind> Create()
    {
        Dictionary<string, FieldKind> kinds = [];
        Add(
            FieldKind.FullName, "name", "names", "fullname", "fullnames",
            "personname", "nombre", "nombrecompleto", "nomcomplet", "nomecompleto",
            "nome", "navn", "namn", "naam", "imieinazwisko", "ime");
        Add(
            FieldKind.GivenName, "firstname", "fname", "givenname", "givennames",
            "given", "forename", "forenames", "first", "prenom", "vorname",
            "primernombre", "imie", "fornavn", "fornamn", "voornaam", "christianname");
        Add(FieldKind.MiddleName, "middlename", "mname", "middle", "middleinitial", "secondname", "patronymic");
        Add(
            FieldKind.Surname, "lastname", "lname", "surname", "surnames",
            "familyname", "family", "last", "nom", "nomdefamille", "nachname",
            "apellido", "apellidos", "cognome", "sobrenome", "nazwisko", "efternavn", "efternamn", "achternaam");
        Add(FieldKind.Phone, "phone", "phones", "phonenumber", "phonenumbers", "telephone", "telephonenumber", "tel", "telno", "mobile",
            "mobilenumber", "mobilephone", "cell", "cellphone", "cellnumber",
            "homephone", "workphone", "fax", "msisdn", "telefon", "telefono",
            "telefone", "contactnumber", "phoneno", "mobileno", "landline");
        Add(FieldKind.SocialSecurityNumber, "ssn", "ssns", "socialsecurity", "socialsecuritynumber", "socialsecurityno");
        Add(FieldKind.Imei, "imei", "imeinumber", "deviceimei", "imeisv");
        Add(FieldKind.Imsi, "imsi", "imsinumber", "subscriberimsi");
        Add(FieldKind.Passport, "passport", "passportnumber", "passportno", "passportid");
        Add(FieldKind.Latitude, "lat", "latitude", "gpslat", "gpslatitude", "geolat");
        Add(FieldKind.Longitude, "lon", "lng", "long", "longitude", "gpslon", "gpslng", "gpslong", "gpslongitude", "geolon", "geolng");
        foreach (var person in Persons)
        {
            kinds.TryAdd(person + "name", FieldKind.FullName);
            kinds.TryAdd(person + "names", FieldKind.FullName);
            kinds.TryAdd(person + "fullname", FieldKind.FullName);
            kinds.TryAdd("nameof" + person, FieldKind.FullName);
            kinds.TryAdd(person + "firstname", FieldKind.GivenName);
            kinds.TryAdd(person + "lastname", FieldKind.Surname);
            kinds.TryAdd(person + "surname", FieldKind.Surname);
            kinds.TryAdd(person + "phone", FieldKind.Phone);
        }

        return kinds.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(FieldKind kind, params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                kinds.Add(name, kind);
            }
        }
    }
}
