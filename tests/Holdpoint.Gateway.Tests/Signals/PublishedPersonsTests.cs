using System.Globalization;
using System.Text;
using System.Text.Json;
using Holdpoint.Signals;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Signals;

/// <summary>The detectors on Presidio's synthetic texts: how many of the marked identifiers are found, and how much else.</summary>
public sealed class PublishedPersonsTests
{
    private static readonly Dictionary<IdentifierKind, string> Types = new()
    {
        [IdentifierKind.Email] = "EMAIL_ADDRESS",
        [IdentifierKind.Phone] = "PHONE_NUMBER",
        [IdentifierKind.SocialSecurityNumber] = "US_SSN",
        [IdentifierKind.PaymentCard] = "CREDIT_CARD",
        [IdentifierKind.Iban] = "IBAN_CODE",
    };

    private static readonly Lazy<Dictionary<string, Score>> Scores = new(Measure);

    // The floors are what was reached when they were written, so that nothing is lost unnoticed; the same numbers stand in the reference.
    [Theory]
    [InlineData("EMAIL_ADDRESS", 100, 100)]
    [InlineData("PHONE_NUMBER", 98, 90)]
    [InlineData("US_SSN", 100, 100)]
    [InlineData("CREDIT_CARD", 100, 99)]
    [InlineData("IBAN_CODE", 100, 100)]
    public void Marked_identifiers_are_found_at_least_as_well_as_published(string type, int precision, int recall)
    {
        TestData.File("persons/synth_dataset_v2.json");
        var score = Scores.Value[type];

        Assert.True(score.Precision >= precision && score.Recall >= recall, $"{type}: {score}");
    }

    [Fact]
    public void Names_in_prose_are_not_found_and_the_reference_says_so()
    {
        TestData.File("persons/synth_dataset_v2.json");
        var score = Scores.Value["PERSON"];

        Assert.True(score.Recall < 10, $"PERSON: {score}; the reference says that names in prose are not detected");
    }

    private static Dictionary<string, Score> Measure()
    {
        var scores = Types.Values.Append("PERSON").ToDictionary(static t => t, static _ => new Score());
        using var document = JsonDocument.Parse(File.ReadAllBytes(TestData.File("persons/synth_dataset_v2.json")));
        foreach (var sample in document.RootElement.EnumerateArray())
        {
            var text = sample.GetProperty("full_text").GetString()!;
            var marked = sample.GetProperty("spans").EnumerateArray().Select(span => new Marked(
                span.GetProperty("entity_type").GetString()!,
                RangeOf(text, span.GetProperty("start_position").GetInt32(), span.GetProperty("end_position").GetInt32()))).ToArray();
            Compare(scores, text, marked, Scan.Text(text));
        }

        return scores;
    }

    private static void Compare(Dictionary<string, Score> scores, string text, Marked[] marked, Findings findings)
    {
        foreach (var (type, score) in scores)
        {
            var found = findings.Persons.Where(p => p.Identifiers.Any(i => TypeOf(i.Kind) == type)).ToArray();
            foreach (var span in marked.Where(m => m.Type == type))
            {
                var isFound = found.Any(p => p.Ranges.Any(r => r.Touches(span.Range)));
                score.Count(isFound, ref score.Found, ref score.Missed, "missed", text);
            }

            // A person of two kinds has ranges of both: each must lie on something marked as one of its kinds.
            foreach (var person in found)
            {
                foreach (var range in person.Ranges)
                {
                    var isRight = marked.Any(m => m.Range.Touches(range) && person.Identifiers.Any(i => TypeOf(i.Kind) == m.Type));
                    score.Count(isRight, ref score.Right, ref score.Wrong, "wrong", text);
                }
            }
        }
    }

    private static string? TypeOf(IdentifierKind kind) => kind == IdentifierKind.Name ? "PERSON" : Types.GetValueOrDefault(kind);

    // Positions in the set count code points.
    private static ByteRange RangeOf(string text, int from, int to)
    {
        var runes = text.EnumerateRunes().Select(static r => r.Utf8SequenceLength).ToArray();
        return new(runes.Take(from).Sum(), runes.Take(to).Sum());
    }

    private sealed record Marked(string Type, ByteRange Range);

    private sealed class Score
    {
        public int Found, Missed, Right, Wrong;
        private readonly StringBuilder _examples = new();

        public double Precision => 100.0 * Right / Math.Max(1, Right + Wrong);

        public double Recall => 100.0 * Found / Math.Max(1, Found + Missed);

        public void Count(bool isGood, ref int good, ref int bad, string what, string text)
        {
            if (isGood)
            {
                good++;
            }
            else
            {
                bad++;
                _examples.AppendLine(CultureInfo.InvariantCulture, $"  {what}: {text.ReplaceLineEndings(" ")}");
            }
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"precision {Precision:0.0} ({Right} right, {Wrong} wrong), recall {Recall:0.0} ({Found} found, {Missed} missed)\n{_examples}");
    }
}
