using Holdpoint.Evidence.Approvals;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Verification;
using Holdpoint.Log;

namespace Holdpoint.Evidence.Tests.Predicates;

public sealed class ApprovalTests : IDisposable
{
    private const string Hex = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private const string Id = "hold_4f6a1c0de2b94c7a8e5d3b6f90a1c2d4";

    private readonly Party _party = new();

    private static HoldBinding Binding { get; } = new(
        "call", "/v1/chat/completions", "openai", "first", "analysts-cloud", "analyst-7", Hash.Of("bundle"u8), Hash.Of("body"u8),
        Hash.Of("claims"u8), [EvidenceId.Of("a"u8), EvidenceId.Of("b"u8)], ["anthropic-beta: x"],
        new("send", Hash.Of("arguments"u8)), Hash.Of("answer"u8));

    public void Dispose() => _party.Dispose();

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "not like this")]
    public void What_an_approval_says_survives_writing_and_reading(bool approves, string? note)
    {
        var approval = new Approval { Hold = Id, Seat = "reviewer", IsApproved = approves, Issued = Party.Now, Note = note };

        var statement = _party.Verified(approval, new InToto.StatementSubject(null, Hash.Of("held"u8)));

        var read = (Approval)statement.Predicate;
        Assert.Equal((Id, "reviewer", approves, Party.Now, note), (read.Hold, read.Seat, read.IsApproved, read.Issued, read.Note));
        Assert.Equal(Hash.Of("held"u8), statement.Subjects[0].Digest);
    }

    [Theory]
    [InlineData("""{"hold":"h","seat":"reviewer","decision":"approve"}""")]
    [InlineData("""{"hold":"h","seat":"reviewer","decision":"yes","issued":"2026-03-01T12:00:00Z"}""")]
    [InlineData("""{"hold":"h","seat":"reviewer","issued":"2026-03-01T12:00:00Z"}""")]
    [InlineData("""{"hold":"h","decision":"approve","issued":"2026-03-01T12:00:00Z"}""")]
    [InlineData("""{"seat":"reviewer","decision":"approve","issued":"2026-03-01T12:00:00Z"}""")]
    [InlineData("""{"hold":"h","seat":"reviewer","decision":"approve","issued":"2026-03-01"}""")]
    [InlineData("""{"hold":"h","seat":"reviewer","decision":"approve","issued":"2026-03-01T12:00:00Z","expires":"2027-01-01"}""")]
    [InlineData("""{"hold":"h","seat":"reviewer","decision":"approve","issued":"2026-03-01T12:00:00Z","note":""}""")]
    public void Anything_else_is_no_approval(string predicate) => Assert.Equal(EvidenceCause.Malformed, CauseOf(predicate, subjects: 1));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void An_approval_is_of_one_thing(int subjects) => Assert.Equal(
        EvidenceCause.Malformed,
        CauseOf("""{"hold":"h","seat":"reviewer","decision":"approve","issued":"2026-03-01T12:00:00Z"}""", subjects));

    [Fact]
    public void Every_part_of_what_is_held_changes_the_digest()
    {
        var digest = Binding.DigestFor(Id);
        HoldBinding[] others =
        [
            Binding with { Kind = "effect" },
            Binding with { Endpoint = "/v1/messages" },
            Binding with { Provider = "other" },
            Binding with { Upstream = "other" },
            Binding with { Deployment = "other" },
            Binding with { Principal = "other" },
            Binding with { Bundle = Hash.Of("other"u8) },
            Binding with { Body = Hash.Of("other"u8) },
            Binding with { Claims = null },
            Binding with { Evidence = [EvidenceId.Of("a"u8)] },
            Binding with { Headers = [] },
            Binding with { Effect = null },
            Binding with { Effect = new("sent", Hash.Of("arguments"u8)) },
            Binding with { Effect = new("send", Hash.Of("other"u8)) },
            Binding with { Answer = null },
        ];

        Assert.All(others, other => Assert.NotEqual(digest, other.DigestFor(Id)));
        Assert.All(others, other => Assert.NotEqual(Binding.RequestDigest, other.RequestDigest));
        Assert.NotEqual(digest, Binding.DigestFor(Id.Replace('4', '5')));
        Assert.Equal(digest, (Binding with { Evidence = [.. Binding.Evidence.Reverse(), Binding.Evidence[0]] }).DigestFor(Id));

        // Every property is among them: a new one that nobody binds would be found here.
        Assert.Equal(13, typeof(HoldBinding).GetProperties().Count(property => property.CanWrite));
    }

    private EvidenceCause CauseOf(string predicate, int subjects)
    {
        var subject = string.Join(',', Enumerable.Repeat("{\"digest\":{\"sha256\":\"" + Hex + "\"}}", subjects));
        var payload =
            """{"_type":"https://in-toto.io/Statement/v1","subject":["""
            + $$"""{{subject}}],"predicateType":"https://holdpoint.dev/approval/v1","predicate":{{predicate}}}""";
        return Assert.IsType<EvidenceOutcome.Invalid>(
            EvidenceVerifier.Verify(_party.SignPayload(payload), _party.Trusted, Party.Now)).Fault.Cause;
    }
}
