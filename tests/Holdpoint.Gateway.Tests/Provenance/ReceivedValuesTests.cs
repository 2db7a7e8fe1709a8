using System.Text;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Gateway.Tests.Records;
using Holdpoint.Wire;
using Microsoft.Data.Sqlite;

namespace Holdpoint.Gateway.Tests.Provenance;

/// <summary>What a deployment received, and what it may therefore send back.</summary>
public sealed class ReceivedValuesTests
{
    private static readonly byte[] Key = new byte[32];

    [Fact]
    public async Task A_value_is_known_to_its_deployment_for_thirty_days_and_through_a_restart()
    {
        await using var fixture = await LogFixture.OpenAsync();
        var values = new ReceivedValues(fixture.Store, Key, fixture.Time);

        values.Note("a", "sealed"u8);

        Assert.True(await IsKnownAsync(values, "a", "sealed"));
        Assert.False(await IsKnownAsync(values, "b", "sealed"));
        Assert.False(await IsKnownAsync(values, "a", "seale"));
        await fixture.ReopenAsync();
        values = new ReceivedValues(fixture.Store, Key, fixture.Time);
        Assert.True(await IsKnownAsync(values, "a", "sealed"));
        Assert.False(await IsKnownAsync(new ReceivedValues(fixture.Store, [.. Key[1..], 1], fixture.Time), "a", "sealed"));
        fixture.Time.Advance(TimeSpan.FromDays(ReceivedValues.Days));
        Assert.True(await IsKnownAsync(values, "a", "sealed"));
        fixture.Time.Advance(TimeSpan.FromDays(1));
        Assert.False(await IsKnownAsync(values, "a", "sealed"));
    }

    [Fact]
    public async Task What_is_too_old_is_forgotten_and_what_comes_again_is_fresh()
    {
        await using var fixture = await LogFixture.OpenAsync();
        new ReceivedValues(fixture.Store, Key, fixture.Time).Note("a", "old"u8);
        new ReceivedValues(fixture.Store, Key, fixture.Time).Note("a", "again"u8);
        fixture.Time.Advance(TimeSpan.FromDays(20));
        new ReceivedValues(fixture.Store, Key, fixture.Time).Note("a", "again"u8);
        fixture.Time.Advance(TimeSpan.FromDays(20));
        var values = new ReceivedValues(fixture.Store, Key, fixture.Time);

        values.Note("a", "new"u8);
        await fixture.ReopenAsync();

        values = new ReceivedValues(fixture.Store, Key, fixture.Time);
        Assert.True(await IsKnownAsync(values, "a", "again"));
        using var connection = new SqliteConnection($"Data Source={fixture.DatabasePath};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM received_value";
        Assert.Equal(2L, command.ExecuteScalar());
    }

    private static async Task<bool> IsKnownAsync(ReceivedValues values, string deployment, string value) =>
        await values.FirstUnknownAsync(
            deployment, [new OpaqueValue("/x", Encoding.UTF8.GetBytes(value))], TestContext.Current.CancellationToken) is null;
}
