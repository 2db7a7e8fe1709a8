using Holdpoint.Wire;
using Holdpoint.Wire.Anthropic;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Holdpoint.Gateway.Tests.Wire.Anthropic;

public sealed class AnthropicHeaderTests
{
    [Theory]
    [InlineData(null, "2023-06-01")]
    [InlineData("2023-06-01", "2023-06-01")]
    [InlineData("2026-10-21", "2026-10-21")]
    public void A_version_that_is_known_goes_on(string? version, string sent)
    {
        var forwarded = Read(version is null ? [] : [("anthropic-version", version)]);

        Assert.Equal([new ForwardedHeader("anthropic-version", sent)], forwarded!);
    }

    [Theory]
    [InlineData("2031-01-01")]
    [InlineData("")]
    [InlineData("2023-06-01\r\nX-Evil: 1")]
    [InlineData("2023-06-01,2026-10-21")]
    public void A_version_that_is_not_known_is_refused(string version) => Assert.Null(Read(("anthropic-version", version)));

    [Fact]
    public void Two_versions_are_refused() =>
        Assert.Null(Read(("anthropic-version", new StringValues(["2023-06-01", "2023-06-01"]))));

    [Fact]
    public void Betas_that_are_known_go_on_once_each_in_the_clients_order()
    {
        var forwarded = Read(("anthropic-beta", new StringValues(["pdfs-2024-09-25, prompt-caching-2024-07-31,", "pdfs-2024-09-25"])));

        Assert.Equal(new ForwardedHeader("anthropic-beta", "pdfs-2024-09-25,prompt-caching-2024-07-31"), forwarded![^1]);
    }

    [Theory]
    [InlineData("files-api-2025-04-14")]
    [InlineData("skills-2025-10-02")]
    [InlineData("message-threads-2026-08-12")]
    [InlineData("server-side-fallback-2026-07-01")]
    [InlineData("something-new-2030-01-01")]
    [InlineData("PDFS-2024-09-25")]
    [InlineData("pdfs-2024-09-25\nx: y")]
    public void A_beta_by_which_content_could_pass_unread_is_refused_not_dropped(string beta)
    {
        Assert.Null(Read(("anthropic-beta", beta)));
        Assert.Null(Read(("anthropic-beta", "pdfs-2024-09-25," + beta)));
    }

    [Fact]
    public void The_operator_can_allow_a_beta() =>
        Assert.Equal("files-api-2025-04-14", Read(["files-api-2025-04-14"], ("anthropic-beta", "files-api-2025-04-14"))![^1].Value);

    [Fact]
    public void Hundreds_of_betas_are_refused() =>
        Assert.Null(
            Read(("anthropic-beta", string.Join(',', Enumerable.Repeat("pdfs-2024-09-25", 500).Select((beta, i) => beta)) + string.Concat(
                Enumerable.Range(0, 99).Select(i => $",x{i}")))));

    [Fact]
    public void No_other_header_goes_on() =>
        Assert.Equal(["anthropic-version"], Read(
            ("x-api-key", "secret"), ("authorization", "Bearer secret"), ("cookie", "a=b"), ("anthropic-workspace-id", "w"),
            ("anthropic-user-profile-id", "u"), ("anthropic-dangerous-direct-browser-access", "true"),
            ("x-stainless-lang", "js"), ("traceparent", "00-1"))!.Select(h => h.Name));

    private static List<ForwardedHeader>? Read(params (string Name, StringValues Value)[] headers) => Read([], headers);

    private static List<ForwardedHeader>? Read(string[] extraBetas, params (string Name, StringValues Value)[] headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            dictionary[name] = value;
        }

        var fault = new AnthropicMessages(extraBetas: extraBetas).ReadHeaders(name => dictionary[name], out var forwarded);
        Assert.True(fault is null or { Status: 400, Cause: "unsupported_header" });
        Assert.True(fault is null || forwarded.IsEmpty);
        Assert.DoesNotContain("Evil", fault?.Message ?? "", StringComparison.Ordinal);
        return fault is null ? [.. forwarded] : null;
    }
}
