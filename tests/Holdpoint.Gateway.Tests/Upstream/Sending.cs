using System.Collections.Immutable;
using System.Text;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Wire;
using Holdpoint.Wire.OpenAi;

namespace Holdpoint.Gateway.Tests.Upstream;

/// <summary>Shortcuts for tests that send calls to upstreams.</summary>
internal static class Sending
{
    public const string Key = "sk-provider-key-0123456789";

    private static readonly OpenAiChat Format = new();

    public static ImmutableArray<ModelPattern> Models(params string[] patterns) => [.. patterns.Select(p => new ModelPattern(p))];

    public static HttpUpstream OpenAi(string url, UpstreamTimeouts? timeouts = null, WireLimits? limits = null, params string[] models) =>
        new(
            "openai", Models(models is [] ? ["m"] : models), ProviderApi.OpenAi,
            UpstreamAddress.Parse(url, out _)!, new ProviderKey(Key), timeouts, limits);

    public static UpstreamCall Call(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var call = Assert.IsType<ReadOutcome.Readable>(Format.Read(bytes)).Call;
        return new UpstreamCall(Format.Endpoint, bytes, call, [], ("analysts-cloud", "analyst-7"));
    }

    public static UpstreamCall Hello(bool stream = false) =>
        Call("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello \\u0041\"}]" + (stream ? ",\"stream\":true}" : "}"));

    public static async Task<UpstreamAnswer> AnswerAsync(this ModelUpstream upstream, UpstreamCall call) =>
        Assert.IsType<ForwardOutcome.Answered>(await upstream.SendAsync(call, TestContext.Current.CancellationToken)).Answer;

    public static async Task<Fault> FaultAsync(this ModelUpstream upstream, UpstreamCall call)
    {
        switch (await upstream.SendAsync(call, TestContext.Current.CancellationToken))
        {
            case ForwardOutcome.Failed failed:
                return failed.Fault;
            case ForwardOutcome.Answered(var answer):
                await using (answer)
                {
                    using var body = await answer.ReadWholeAsync(int.MaxValue / 2, TestContext.Current.CancellationToken);
                    return Assert.IsType<Fault>(body.Fault);
                }

            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public static async Task<string> TextAsync(this UpstreamAnswer answer, int maxBytes = 1 << 20)
    {
        await using (answer)
        {
            using var body = await answer.ReadWholeAsync(maxBytes, TestContext.Current.CancellationToken);
            Assert.Null(body.Fault);
            return Encoding.UTF8.GetString(body.Bytes.Span);
        }
    }
}
