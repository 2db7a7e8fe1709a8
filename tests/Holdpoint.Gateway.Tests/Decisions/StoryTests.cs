using System.Net;
using Holdpoint.Evidence;

namespace Holdpoint.Gateway.Tests.Decisions;

public sealed class StoryTests
{
    [Fact]
    public async Task A_plain_question_is_permitted_and_answered()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.ChatAsync("hello");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("permit", answer.Verdict);
        Assert.Equal("[echo] hello", answer.Json["choices"]![0]!["message"]!["content"]!.GetValue<string>());
    }

    [Fact]
    public async Task Rows_of_people_that_nobody_vouches_for_are_refused_by_the_surveillance_clause()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.ChatAsync(People.Question + People.Rows(12));

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("refuse", answer.Verdict);
        Assert.Equal("holdpoint_refused", answer.Json["error"]!["type"]!.GetValue<string>());
        Assert.Contains("mass-domestic-surveillance", answer.Clauses);
    }

    [Fact]
    public async Task Attested_bulk_data_is_refused_without_authority_and_permitted_with_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        var rows = People.Rows(12);
        var dataset = await gateway.PostEvidenceAsync(gateway.Registry.Attest(rows));

        var without = await gateway.ChatAsync(People.Question + rows, ("Holdpoint-Evidence", dataset.ToString()));
        var order = await gateway.PostEvidenceAsync(gateway.Court.Order(dataset));
        var with = await gateway.ChatAsync(People.Question + rows, ("Holdpoint-Evidence", $"{dataset},{order}"));

        Assert.Equal(HttpStatusCode.Forbidden, without.Status);
        Assert.Contains("bulk-acquired-data", without.Clauses);
        Assert.Equal(HttpStatusCode.OK, with.Status);
        var record = await gateway.RecordAsync(with.Record);
        Assert.Equal([dataset.ToString(), order.ToString()], record["evidence"]!.AsArray().Select(id => id!.GetValue<string>()));
    }

    [Fact]
    public async Task One_changed_row_beside_attested_ones_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        var rows = People.Rows(12);
        var evidence = await DatasetAndOrderAsync(gateway, rows);

        var answer = await gateway.ChatAsync(
            People.Question + rows.Replace("person.3@", "somebody.else@", StringComparison.Ordinal), ("Holdpoint-Evidence", evidence));

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("bulk-data-without-gaps", answer.Clauses);
    }

    [Fact]
    public async Task A_claimed_high_stakes_purpose_is_held_for_reviewers()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.ChatAsync("Rank these applications.", ("Holdpoint-Claims", """{"purpose":"employment"}"""));

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("hold", answer.Verdict);
        Assert.Equal("holdpoint_held", answer.Json["error"]!["type"]!.GetValue<string>());
        var hold = answer.Json["error"]!["holdpoint"]!["hold"]!.AsObject();
        Assert.Equal(["reviewer#1", "reviewer#2"], hold["needs"]!.AsArray().Select(seat => seat!.GetValue<string>()));
        Assert.Matches("^hold_[0-9a-f]{32}$", hold["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_order_for_another_principal_refuses_even_a_call_that_needs_none()
    {
        await using var gateway = await TestGateway.StartAsync();
        var dataset = await gateway.PostEvidenceAsync(gateway.Registry.Attest(People.Rows(3)));
        var order = await gateway.PostEvidenceAsync(gateway.Court.Order(dataset, principal: "somebody-else"));

        var answer = await gateway.ChatAsync("hello", ("Holdpoint-Evidence", order.ToString()));

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("evidence_out_of_scope", answer.Cause);
    }

    [Fact]
    public async Task An_order_that_covers_another_dataset_than_the_one_in_the_call_refuses_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        var rows = People.Rows(3);
        var dataset = await gateway.PostEvidenceAsync(gateway.Registry.Attest(rows, subjects: 3));
        var other = await gateway.PostEvidenceAsync(gateway.Registry.Attest(People.Rows(3, first: 50)));
        var order = await gateway.PostEvidenceAsync(gateway.Court.Order(other));

        var answer = await gateway.ChatAsync(People.Question + rows, ("Holdpoint-Evidence", $"{dataset},{order}"));

        Assert.Equal((HttpStatusCode.Forbidden, "evidence_out_of_scope"), (answer.Status, answer.Cause));
    }

    [Fact]
    public async Task Revoked_evidence_refuses_the_call()
    {
        await using var gateway = await TestGateway.StartAsync();
        var rows = People.Rows(12);
        var evidence = await DatasetAndOrderAsync(gateway, rows);
        Assert.True(EvidenceId.TryParse(evidence.Split(',')[0], out var dataset));
        await gateway.PostEvidenceAsync(gateway.Registry.Revoke(dataset));

        var answer = await gateway.ChatAsync(People.Question + rows, ("Holdpoint-Evidence", evidence));

        Assert.Equal("evidence_revoked", answer.Cause);
    }

    private static async Task<string> DatasetAndOrderAsync(TestGateway gateway, string rows)
    {
        var dataset = await gateway.PostEvidenceAsync(gateway.Registry.Attest(rows));
        return $"{dataset},{await gateway.PostEvidenceAsync(gateway.Court.Order(dataset))}";
    }
}
