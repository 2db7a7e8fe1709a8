using Holdpoint.Gateway.Wire.Json;

namespace Holdpoint.Gateway.Wire.OpenAi;

/// <summary>OpenAI's chat completions.</summary>
internal sealed class OpenAiChat : WireFormat
{
    private readonly Rule _request;

    /// <param name="extraFields">Further top-level fields of requests that the operator allows.</param>
    /// <param name="limits">Null: the defaults.</param>
    public OpenAiChat(IEnumerable<string>? extraFields = null, WireLimits? limits = null)
    {
        _request = OpenAiChatRequest.Rule(extraFields ?? []);
        Limits = limits ?? WireLimits.Default;
    }

    public override string Endpoint => "/v1/chat/completions";

    public override ApiFamily Family => ApiFamily.OpenAi;

    public override WireLimits Limits { get; }

    public override ReadOutcome Read(ReadOnlyMemory<byte> body, ContentBuffer? buffer = null)
    {
        if (body.Length > Limits.MaxBodyBytes)
        {
            return new ReadOutcome.Unreadable(WireFault.BodyTooLarge(Limits.MaxBodyBytes));
        }

        var harvest = new Harvest();
        if (JsonWalk.Read(body, _request, harvest, Limits, buffer) is { } fault)
        {
            return new ReadOutcome.Unreadable(fault);
        }

        return new ReadOutcome.Readable(new Call
        {
            Model = harvest.Model!,
            Body = body,
            Stream = harvest.Stream,
            Choices = harvest.Choices,
            IncludeUsage = harvest.IncludeUsage,
            Parts = harvest.Parts.DrainToImmutable(),
            Tools = harvest.TakeTools(),
        });
    }

    public override AnswerOutcome ReadAnswer(ReadOnlyMemory<byte> answer, ContentBuffer? buffer = null)
    {
        if (answer.Length > Limits.MaxAnswerBytes)
        {
            return new AnswerOutcome.Unreadable(new WireFault(
                502, WireCause.UpstreamTooLarge, "", $"The upstream's answer is larger than {Limits.MaxAnswerBytes} bytes."));
        }

        var harvest = new Harvest();
        return JsonWalk.Read(answer, OpenAiChatAnswer.Rule, harvest, Limits, buffer) is { } fault
            ? new AnswerOutcome.Unreadable(fault.OfUpstream())
            : new AnswerOutcome.Readable(harvest.Parts.DrainToImmutable(), harvest.TakeToolCalls());
    }

    public override AnswerStreamReader OpenStream() => new OpenAiChatStream(Limits);

    public override byte[] WriteError(WireError error) => OpenAiError.Write(error);

    public override byte[] WriteStreamError(WireError error) => OpenAiError.WriteEvent(error);
}
