using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Gateway.Records;
using Holdpoint.Log;
using Holdpoint.Log.Json;

namespace Holdpoint.Gateway.Tests.Records;

public sealed class RecordFormatTests
{
    private static readonly Hash Prev = Hash.Of("prev"u8);

    [Fact]
    public void Every_record_is_canonical_whatever_its_strings_hold() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(string?, string?, string?[], int, long)>(),
            drawn =>
            {
                var (text, other, list, number, big) = drawn;
                var strings = list.Select(s => WellFormed(s) ?? "").ToImmutableArray();
                var draft = new RecordDraft
                {
                    Kind = (RecordKind)((uint)number % (uint)Enum.GetValues<RecordKind>().Length),
                    Hold = WellFormed(other),
                    Step = number % 3 == 0 ? null : (HoldStep)((uint)number % (uint)Enum.GetValues<HoldStep>().Length),
                    Seats = strings,
                    Endpoint = WellFormed(text),
                    Deployment = WellFormed(other),
                    Model = WellFormed(text),
                    Tool = WellFormed(other),
                    Cause = WellFormed(text),
                    Clauses = strings,
                    Needs = strings,
                    Evidence = strings,
                    Bundle = number % 2 == 0 ? null : Prev,
                    Verdict = number % 4 == 3 ? null : (RecordedVerdict)((uint)number % 3),
                    CedarAllows = number % 3 == 0 ? null : number % 3 == 1,
                    Exposure = number % 5 == 0 ? null : new RecordedExposure(Math.Abs((long)number), big & RecordProfile.MaxInteger, 0),
                    Coverage = number % 5 == 1 ? null : new Coverage(3, Math.Abs((long)number), "[]"u8.ToArray()),
                    Commitments = number % 2 == 0 ? [] : [new Commitment("z_b", "1"u8.ToArray()), new Commitment("a", "{}"u8.ToArray())],
                    Digests = number % 2 == 0 ? [] : [new NamedDigest("configuration", Prev), new NamedDigest("binary", Prev)],
                    About = number % 2 == 0 ? null : big & RecordProfile.MaxInteger,
                    Requests = number % 3 == 0 ? null : number,
                    Status = number % 2 == 0 ? null : 200,
                };
                var subject = number % 2 == 0 ? null : new Pseudonym(1, "d", "p", new byte[16]);

                var record = Render(draft, "gateway", subject, seq: Math.Abs((long)number));

                return RecordProfile.FaultOf(record) is null && CanonicalJson.Canonicalize(record).AsSpan().SequenceEqual(record);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Half_a_surrogate_pair_is_a_bug_and_not_a_record() =>
        Assert.ThrowsAny<ArgumentException>(() => Render(LogFixture.Ordinary with { Model = "\ud800" }));

    [Fact]
    public void A_commitment_name_twice_or_of_other_letters_is_a_bug()
    {
        Commitment Of(string name) => new(name, "1"u8.ToArray());

        Assert.Throws<ArgumentException>(() => Render(LogFixture.Ordinary with { Commitments = [Of("a"), Of("a")] }));
        Assert.Throws<ArgumentException>(() => Render(LogFixture.Ordinary with { Commitments = [Of("A")] }));
        Assert.Throws<ArgumentException>(() => Render(LogFixture.Ordinary with { Commitments = [Of("")] }));
    }

    [Theory]
    [InlineData("2026-03-01T12:00:00Z", "2026-03-01T12:00:00.000Z")]
    [InlineData("1999-12-31T23:59:59.9999999Z", "1999-12-31T23:59:59.999Z")]
    [InlineData("2027-01-01T01:30:00.0450000+02:00", "2026-12-31T23:30:00.045Z")]
    public void The_time_is_utc_and_cut_to_the_millisecond(string time, string expected) =>
        Assert.Contains(
            $"\"time\":\"{expected}\"",
            Encoding.UTF8.GetString(Render(LogFixture.Ordinary, time: DateTimeOffset.Parse(time, CultureInfo.InvariantCulture))),
            StringComparison.Ordinal);

    [Fact]
    public void Every_control_character_quote_and_backslash_is_escaped_and_nothing_else()
    {
        var text = string.Concat(Enumerable.Range(0, 0x100).Select(c => (char)c)) + "\u2028 € 😀";

        var record = Encoding.UTF8.GetString(Render(new RecordDraft { Kind = RecordKind.Call, Model = text }));

        var escaped = string.Concat(text.Select(c => c switch
        {
            '\b' => "\\b",
            '\t' => "\\t",
            '\n' => "\\n",
            '\f' => "\\f",
            '\r' => "\\r",
            '"' => "\\\"",
            '\\' => @"\\",
            < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            _ => c.ToString(),
        }));
        Assert.Contains($"\"model\":\"{escaped}\",", record, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_principal_needs_its_deployment()
    {
        await using var fixture = await LogFixture.OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => fixture.AppendAsync(new RecordDraft { Kind = RecordKind.Call, Principal = "p" }));
    }

    [Fact]
    public async Task A_disclosure_opens_its_commitment_and_nothing_else_does()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await fixture.AppendAsync();
        using var record = JsonDocument.Parse(await fixture.RecordAsync(0));

        var disclosures = await fixture.DisclosuresAsync(0);

        Assert.Equal(["body", "situation", "coverage"], disclosures.Select(NameOf));
        foreach (var disclosure in disclosures)
        {
            var digest = NameOf(disclosure) == "coverage"
                ? record.RootElement.GetProperty("coverage").GetProperty("digest")
                : record.RootElement.GetProperty("commitments").GetProperty(NameOf(disclosure));
            Assert.Equal(digest.GetString(), Disclosure.DigestOf(disclosure));
        }

        using var situation = JsonDocument.Parse(Base64Url.DecodeFromChars(disclosures[1]));
        Assert.Equal("unattested", situation.RootElement[2].GetProperty("environment").GetString());
        Assert.Equal(16, Base64Url.DecodeFromChars(situation.RootElement[0].GetString()).Length);
    }

    [Fact]
    public void The_digest_is_that_of_the_published_example()
    {
        // RFC 9901 §4.2.3.
        const string Published = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";

        Assert.Equal("X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0", Disclosure.DigestOf(Published));
    }

    [Fact]
    public async Task Equal_drafts_share_the_pseudonym_and_no_commitment()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await fixture.AppendManyAsync(2);
        using var first = JsonDocument.Parse(await fixture.RecordAsync(0));
        using var second = JsonDocument.Parse(await fixture.RecordAsync(1));

        Assert.Equal(first.RootElement.GetProperty("principal").GetString(), second.RootElement.GetProperty("principal").GetString());
        Assert.NotEqual(
            first.RootElement.GetProperty("commitments").GetProperty("body").GetString(),
            second.RootElement.GetProperty("commitments").GetProperty("body").GetString());
    }

    [Fact]
    public async Task Nothing_private_stands_in_a_record()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await fixture.AppendAsync(LogFixture.Ordinary with
        {
            Principal = "Erika Mustermann",
            Commitments =
                [Commitment.OfText("prompt", "whereabouts of Maximiliane?"), Commitment.OfText("answer", "somewhere in Ulmenhofen")],
            Coverage = new Coverage(1, 27, "[\"whereabouts of Maximiliane?\"]"u8.ToArray()),
        });

        var record = await fixture.RecordAsync(0);

        foreach (var secret in new[] { "Erika", "Mustermann", "whereabouts", "Maximiliane", "Ulmenhofen" })
        {
            Assert.DoesNotContain(secret, record, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(
                Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('=')[..^1], record, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)), record, StringComparison.Ordinal);
        }
    }

    private static byte[] Render(
        RecordDraft draft, string gateway = "g", Pseudonym? subject = null, DateTimeOffset? time = null, long seq = 0)
    {
        var rendered = new RenderedRecord();
        rendered.Render(draft, gateway, subject, time ?? DateTimeOffset.UnixEpoch);
        var record = new byte[RecordProfile.MaxBytes];
        return record[..rendered.Complete(Prev, seq, record)];
    }

    private static string NameOf(string disclosure)
    {
        using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(disclosure));
        return json.RootElement[1].GetString()!;
    }

    /// <summary>What the generator draws may hold half of a surrogate pair; UTF-8 has no bytes for it.</summary>
    private static string? WellFormed(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
