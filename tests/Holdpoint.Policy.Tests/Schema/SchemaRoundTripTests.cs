using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Policy.Schema;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests.Schema;

public sealed class SchemaRoundTripTests
{
    private static readonly int Rounds = TestScale.Of(300, 20_000);

    [Fact]
    public void Every_schema_reads_back_from_its_JSON() =>
        Check(Schemas.Any, document => FromJson(document.ToJson()).ToJson() == document.ToJson());

    [Fact]
    public void Every_schema_that_the_Cedar_syntax_can_say_reads_back_from_its_text() =>
        Check(Schemas.Textual, document =>
        {
            var text = document.ToCedar();
            return text.IsValid && FromText(text.Text).ToJson() == document.ToJson() && FromText(text.Text).ToCedar().Text == text.Text;
        });

    /// <remarks>What is said in other words, such as <c>__cedar::Bool</c>, must mean the same.</remarks>
    [Fact]
    public void Every_schema_that_can_be_written_in_Cedar_means_the_same_there() =>
        Check(Schemas.Any, document =>
        {
            var text = document.ToCedar();
            var before = CedarSchema.Resolve(document);
            if (!text.IsValid || !before.IsValid)
            {
                return true;
            }

            var after = CedarSchema.Resolve(FromText(text.Text));
            return after.IsValid && Outline.Of(before.Schema) == Outline.Of(after.Schema);
        });

    [Fact]
    public void Every_schema_means_the_same_with_its_names_in_full() =>
        Check(Schemas.Any, document =>
        {
            var full = document.WithResolvedNames();
            var before = CedarSchema.Resolve(document);
            return full.IsValid == before.IsValid
                && (!full.IsValid
                    || (!full.Document.ToJson().Contains("\"EntityOrCommon\"", StringComparison.Ordinal)
                        && Outline.Of(CedarSchema.Resolve(FromJson(full.Document.ToJson())).Schema!) == Outline.Of(before.Schema!)));
        });

    [Fact]
    public void A_damaged_schema_is_read_or_refused_and_never_throws() =>
        Check(
            from document in Schemas.Textual
            from at in Gen.Choose(0, 10_000)
            from length in Gen.Choose(0, 12)
            from junk in Gen.Elements("", "{", "}", "::", "\"", "?", ";", "Set<", "\0", "\ud800", "@", "in [", "__cedar", "//")
            select (Text: document.ToCedar().Text ?? "", At: at, Length: length, Junk: junk),
            damage =>
            {
                var at = damage.Text.Length == 0 ? 0 : damage.At % damage.Text.Length;
                var text = damage.Text[..at] + damage.Junk + damage.Text[Math.Min(at + damage.Length, damage.Text.Length)..];
                var parsed = SchemaParser.Parse(text);
                var json = SchemaJson.Parse(Encoding.UTF8.GetBytes(text.Replace(';', ',')));
                return parsed.IsValid != (parsed.Diagnostics.Length > 0) && json.IsValid != (json.Diagnostics.Length > 0)
                    && (!parsed.IsValid
                        || CedarSchema.Resolve(parsed.Document).IsValid != (CedarSchema.Resolve(parsed.Document).Diagnostics.Length > 0));
            });

    private static SchemaDocument FromJson(string json)
    {
        var parsed = SchemaJson.Parse(Encoding.UTF8.GetBytes(json));
        return parsed.IsValid ? parsed.Document : throw new InvalidDataException($"{parsed.Diagnostics[0]} in {json}");
    }

    private static SchemaDocument FromText(string text)
    {
        var parsed = SchemaParser.Parse(text);
        return parsed.IsValid ? parsed.Document : throw new InvalidDataException($"{parsed.Diagnostics[0].Describe(text)} in {text}");
    }

    private static void Check<T>(Gen<T> gen, Func<T, bool> holds) =>
        Prop.ForAll(gen.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(Rounds));
}
