using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Tests.Decisions;
using Microsoft.Data.Sqlite;

namespace Holdpoint.Gateway.Tests.Placement;

/// <summary>A gateway whose private lists of what was checked can be read.</summary>
internal sealed class PlacementGateway(TestGateway gateway) : IAsyncDisposable
{
    public TestGateway Gateway => gateway;

    public static async Task<PlacementGateway> StartAsync(Uri? upstream = null, string? tools = null) =>
        new(await TestGateway.StartAsync(upstream, tools: tools));

    public Task<TestAnswer> PostAsync(string endpoint, string body, params (string Name, string Value)[] headers) =>
        gateway.SendAsync(
            HttpMethod.Post, endpoint, Encoding.UTF8.GetBytes(body),
            TestGateway.AnalystKey, [("anthropic-version", "2023-06-01"), .. headers]);

    /// <summary>The places in which a check of that record found the phrase, by the list that the record commits to.</summary>
    public async Task<IReadOnlyList<string>> FoundAsync(long record)
    {
        var committed = (await gateway.RecordAsync(record))["coverage"]?["digest"]?.GetValue<string>();
        foreach (var disclosure in Encoding.ASCII.GetString(Disclosures(record)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Disclosure.DigestOf(disclosure) == committed)
            {
                var list = JsonNode.Parse(Base64Url.DecodeFromChars(disclosure))![2]!.AsArray();
                return [.. list.Where(entry => entry!["check"]!.ToString() == "phrases" && entry["result"]!.ToString() == "found").Select(
                    entry => entry!["part"]!.ToString())];
            }
        }

        return [];
    }

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    private byte[] Disclosures(long record)
    {
        using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(gateway.Folder, "holdpoint.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT body FROM disclosure WHERE idx = $idx";
        command.Parameters.AddWithValue("$idx", record);
        return (byte[]?)command.ExecuteScalar() ?? [];
    }
}
