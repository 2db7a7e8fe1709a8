using System.Text;

namespace Holdpoint.Wire.Json;

/// <summary>A wire format whose requests and whole answers are each read by one table of rules. Immutable and thread-safe.</summary>
/// <param name="request">The table of requests.</param>
/// <param name="answer">The table of whole answers.</param>
/// <param name="limits">The limits; null for the defaults.</param>
internal abstract class JsonFormat(Rule request, Rule answer, WireLimits? limits) : WireFormat
{
    public sealed override WireLimits Limits { get; } = limits ?? WireLimits.Default;

    public sealed override ReadOutcome Read(ReadOnlyMemory<byte> body, ContentBuffer? buffer = null)
    {
        if (body.Length > Limits.MaxBodyBytes)
        {
            return new ReadOutcome.Unreadable(WireFaults.BodyTooLarge(Limits.MaxBodyBytes));
        }

        var harvest = new Harvest();
        if (JsonWalk.Read(body, request, harvest, Limits, buffer) is { } fault)
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
            OpaqueValues = harvest.TakeOpaqueValues(),
            Tools = harvest.TakeTools(),
        });
    }

    public sealed override AnswerOutcome ReadAnswer(ReadOnlyMemory<byte> answer, ContentBuffer? buffer = null) =>
        ReadAnswer(answer, new Harvest(), buffer);

    public sealed override AnswerOutcome ReadAnswer(ReadOnlyMemory<byte> answer, Call call, ContentBuffer? buffer) =>
        ReadAnswer(answer, new Harvest { Sent = SentIn(call), AskedModel = Encoding.UTF8.GetBytes(call.Model) }, buffer);

    /// <summary>The strings of the request that an answer may repeat; null where answers repeat nothing.</summary>
    protected virtual SentStrings? SentIn(Call call) => null;

    private AnswerOutcome ReadAnswer(ReadOnlyMemory<byte> body, Harvest harvest, ContentBuffer? buffer)
    {
        if (body.Length > Limits.MaxAnswerBytes)
        {
            return new AnswerOutcome.Unreadable(WireFaults.AnswerTooLarge(Limits.MaxAnswerBytes));
        }

        return JsonWalk.Read(body, answer, harvest, Limits, buffer) is { } fault
            ? new AnswerOutcome.Unreadable(fault.OfUpstream())
            : new AnswerOutcome.Readable(harvest.TakeParts(), harvest.TakeToolCalls())
            {
                OpaqueValues = harvest.TakeOpaqueValues(),
            };
    }
}
