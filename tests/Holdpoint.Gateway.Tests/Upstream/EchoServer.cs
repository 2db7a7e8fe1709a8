using Holdpoint.Gateway.Upstream;
using Holdpoint.Gateway.Upstream.Echo;
using Holdpoint.Testing;
using Holdpoint.Wire;
using Holdpoint.Wire.OpenAi;
using Holdpoint.Wire.OpenAi.Completions;
using Holdpoint.Wire.OpenAi.Responses;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Holdpoint.Gateway.Tests.Upstream;

/// <summary>
/// The echo behind a bare HTTP server, to meet the official clients: whatever they send must be read, and whatever the echo says must be
/// readable.
/// </summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private static readonly WireFormat[] Formats =
        [new OpenAiChat(), new OpenAiResponses(), new OpenAiCompletions(), new OpenAiEmbeddings()];

    private readonly UpstreamRegistry _registry;
    private readonly WebApplication _app;

    private EchoServer()
    {
        _registry = new UpstreamRegistry([new EchoUpstream("echo", Sending.Models("echo"), new ManualTimeProvider())]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        foreach (var format in Formats)
        {
            _app.MapPost(format.Endpoint, http => AnswerAsync(http, format));
        }
    }

    public string Url => _app.Urls.Single();

    /// <summary>Why requests were not read, or answers not readable.</summary>
    public List<Fault> Faults { get; } = [];

    public static async Task<EchoServer> StartAsync()
    {
        var server = new EchoServer();
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _registry.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, WireFormat format)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var fault = format.CheckContentType(context.Request.ContentType, context.Request.Headers.ContentEncoding);
        if (fault is not null || format.Read(body.ToArray()) is not ReadOutcome.Readable(var call))
        {
            fault ??= ((ReadOutcome.Unreadable)format.Read(body.ToArray())).Fault;
            Faults.Add(fault);
            await WriteErrorAsync(context, format, WireError.Of(fault));
            return;
        }

        await using var answer = await _registry.Find(call.Model)!.AnswerAsync(
            new UpstreamCall(format.Endpoint, body.ToArray(), call, [], ("", "")));
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Length;
        if (answer.Kind == AnswerKind.Whole)
        {
            using var whole = await answer.ReadWholeAsync(1 << 24, context.RequestAborted);
            if (format.ReadAnswer(whole.Bytes, call, buffer: null) is AnswerOutcome.Unreadable(var unreadable))
            {
                Faults.Add(unreadable);
            }

            await context.Response.Body.WriteAsync(whole.Bytes, context.RequestAborted);
            return;
        }

        await StreamAsync(context, format, answer, call);
    }

    private async Task StreamAsync(HttpContext context, WireFormat format, UpstreamAnswer answer, Call call)
    {
        using var reader = format.OpenStream(call);
        var events = new List<StreamEvent>();
        var buffer = new byte[4096];
        BodyRead read;
        do
        {
            read = await answer.ReadAsync(buffer, context.RequestAborted);
            if ((read.IsEnd ? reader.Complete(events) : reader.Read(buffer.AsSpan(0, read.Count), events)) is { } fault)
            {
                Faults.Add(fault);
            }

            foreach (var one in events)
            {
                await context.Response.Body.WriteAsync(one.Raw, context.RequestAborted);
            }

            events.Clear();
        }
        while (!read.IsEnd);
    }

    private static async Task WriteErrorAsync(HttpContext context, WireFormat format, WireError error)
    {
        context.Response.StatusCode = error.Status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(format.WriteError(error), context.RequestAborted);
    }
}
