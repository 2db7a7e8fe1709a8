using Holdpoint.Gateway.Settings;

namespace Holdpoint.Gateway.Tests.Upstream;

public sealed class UpstreamAddressTests
{
    [Theory]
    [InlineData("https://api.openai.com", "https://api.openai.com/v1/models")]
    [InlineData("https://api.openai.com/", "https://api.openai.com/v1/models")]
    [InlineData("https://api.openai.com/v1", "https://api.openai.com/v1/models")]
    [InlineData("https://api.openai.com/v1/", "https://api.openai.com/v1/models")]
    [InlineData("https://example.org:8443/a/b/", "https://example.org:8443/a/b/v1/models")]
    [InlineData("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1/models")]
    [InlineData("http://[::1]:80/x/../y", "http://[::1]/y/v1/models")]
    public void A_base_url_and_an_endpoint_make_the_url(string url, string whole) =>
        Assert.Equal(whole, UpstreamAddress.Parse(url, out _)!.Of("/v1/models").AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData("api.openai.com")]
    [InlineData("/v1")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.org")]
    [InlineData("unix:///var/run/x.sock")]
    [InlineData("https://")]
    [InlineData("https://user:secret@example.org")]
    [InlineData("https://user@example.org")]
    [InlineData("https://example.org?key=1")]
    [InlineData("https://example.org/?")]
    [InlineData("https://example.org/#")]
    [InlineData("https://example.org/a#b")]
    public void What_is_no_plain_web_address_is_refused(string url)
    {
        Assert.Null(UpstreamAddress.Parse(url, out var problem));
        Assert.NotEmpty(problem);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }
}
