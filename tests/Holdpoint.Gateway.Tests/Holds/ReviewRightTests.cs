using System.Net;
using System.Security.Cryptography;
using System.Text;
using Holdpoint.Gateway.Tests.Decisions;

namespace Holdpoint.Gateway.Tests.Holds;

/// <summary>The right to review ends at the deployment, but for a person whom the agreement seats.</summary>
public sealed class ReviewRightTests
{
    private const string Key = "hp_of_elsewhere";

    [Theory]
    [InlineData("field-edge", null, false)]
    [InlineData("field-edge", "p-9999", false)]
    [InlineData("field-edge", "p-0401", false)]
    [InlineData("field-edge", "p-0311", true)]
    [InlineData("analysts-cloud", null, true)]
    public async Task A_key_of_another_deployment_sees_a_hold_only_when_its_person_may_decide_it(
        string deployment, string? person, bool sees)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)));
        var who = person is null ? "" : $"person: {person}, ";
        var line = $"clients:\n  - {{ key_sha256: \"{digest}\", deployment: {deployment}, principal: desk-9, {who}rights: [review] }}";
        await using var gateway = await TestGateway.StartAsync(edit: (text, _) => text.Replace("clients:", line, StringComparison.Ordinal));
        var hold = await gateway.HeldAsync();

        var listed = await gateway.SendAsync(HttpMethod.Get, "/holdpoint/holds", null, Key);
        var shown = await gateway.SendAsync(HttpMethod.Get, "/holdpoint/holds/" + hold, null, Key);
        var posted = await gateway.PostApprovalAsync(hold, "{}"u8.ToArray(), Key);

        Assert.Equal(sees ? 1 : 0, listed.Json["holds"]!.AsArray().Count);
        Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound, shown.Status);
        Assert.Equal(sees ? HttpStatusCode.BadRequest : HttpStatusCode.NotFound, posted.Status);
        Assert.True(sees || (shown.Cause, posted.Cause) == ("hold_unknown", "hold_unknown"), shown.Text);
    }
}
