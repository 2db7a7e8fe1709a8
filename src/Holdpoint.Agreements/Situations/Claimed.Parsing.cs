using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Holdpoint.Agreements;

public sealed partial record Claimed
{
    /// <summary>
    /// The maximum length of the header, in bytes: 4,096. All nine claims with every data class take less than 600; web servers allow 8 to
    /// 32 KiB for all headers together.
    /// </summary>
    public const int MaxHeaderBytes = 4096;

    /// <summary>
    /// Reads the value of <c>Holdpoint-Claims</c>: a JSON object with any of <c>purpose</c>, <c>origin</c>, <c>jurisdiction</c>,
    /// <c>acquisition</c>, <c>consent</c>, <c>environment</c>, <c>authority</c> (each a string that the vocabulary lists),
    /// <c>classes</c> (an array of such strings) and <c>human</c> (true or false). Anything else is a fault. Never throws on input.
    /// </summary>
    public static ClaimsParseResult Parse(string header, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (header.Length > MaxHeaderBytes || Encoding.UTF8.GetByteCount(header) > MaxHeaderBytes)
        {
            return ClaimsParseResult.Failed($"claims are at most {MaxHeaderBytes} bytes");
        }

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(header), new JsonReaderOptions { MaxDepth = 2 });
            return Read(ref reader, vocabulary);
        }
        catch (JsonException)
        {
            return ClaimsParseResult.Failed("claims are not valid JSON, or nested deeper than one array in one object");
        }
    }

    private static ClaimsParseResult Read(ref Utf8JsonReader reader, Vocabulary vocabulary)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return ClaimsParseResult.Failed("claims are a JSON object");
        }

        var claims = None;
        HashSet<string> seen = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (TextOf(ref reader) is not { } key || TypeOf(key) is not { } type)
            {
                return ClaimsParseResult.Failed(
                    "a claim is one of purpose, origin, jurisdiction, acquisition, consent, classes, environment, authority, human");
            }

            if (!seen.Add(key))
            {
                return ClaimsParseResult.Failed($"claim '{key}' is given twice");
            }

            reader.Read();
            var next = key switch
            {
                "human" => ReadHuman(ref reader, claims),
                "classes" => ReadClasses(ref reader, vocabulary) is { } classes ? claims with { Classes = classes } : null,
                _ => ReadValue(ref reader, vocabulary, type) is { } value ? claims.With(key, value) : null,
            };
            if (next is null)
            {
                return ClaimsParseResult.Failed(key switch
                {
                    "human" => "claim 'human' is true or false",
                    "classes" => $"claim 'classes' is an array of distinct values among {Listed(vocabulary, type)}",
                    _ => $"claim '{key}' is one of {Listed(vocabulary, type)}",
                });
            }

            claims = next;
        }

        // The reader checks that nothing but white space follows the object.
        return reader.Read() ? ClaimsParseResult.Failed("claims are one JSON object") : ClaimsParseResult.Ok(claims);
    }

    private static string? TypeOf(string key) => key switch
    {
        "purpose" => "Purpose",
        "origin" => "Origin",
        "jurisdiction" => "Jurisdiction",
        "acquisition" => "Acquisition",
        "consent" => "Consent",
        "classes" => "DataClass",
        "environment" => "Environment",
        "authority" => "LegalBasis",
        "human" => "Bool",
        _ => null,
    };

    private Claimed With(string key, string value) => key switch
    {
        "purpose" => this with { Purpose = value },
        "origin" => this with { Origin = value },
        "jurisdiction" => this with { Jurisdiction = value },
        "acquisition" => this with { Acquisition = value },
        "consent" => this with { Consent = value },
        "environment" => this with { Environment = value },
        _ => this with { Authority = value },
    };

    private static Claimed? ReadHuman(ref Utf8JsonReader reader, Claimed claims) => reader.TokenType switch
    {
        JsonTokenType.True => claims with { Human = true },
        JsonTokenType.False => claims with { Human = false },
        _ => null,
    };

    private static ImmutableHashSet<string>? ReadClasses(ref Utf8JsonReader reader, Vocabulary vocabulary)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return null;
        }

        var classes = ImmutableHashSet.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadValue(ref reader, vocabulary, "DataClass") is not { } value || !classes.Add(value))
            {
                return null;
            }
        }

        return classes.ToImmutable();
    }

    private static string? ReadValue(ref Utf8JsonReader reader, Vocabulary vocabulary, string type) =>
        reader.TokenType == JsonTokenType.String && TextOf(ref reader) is { } value && vocabulary.HasValue(type, value) ? value : null;

    /// <summary>The text of a string; null for an escaped lone surrogate, which is JSON but not text.</summary>
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Listed(Vocabulary vocabulary, string type) => string.Join(", ", vocabulary.ValuesOf(type));
}
