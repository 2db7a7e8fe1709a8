using Holdpoint.Signals;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Decisions;

/// <summary>Stage 8 for an answer that comes in one piece: nothing of it leaves before all of it was screened.</summary>
internal static class WholeAnswer
{
    // Of no part alone.
    private const string SeamsPath = "/";

    /// <returns>Null when <paramref name="body"/> may be released, or why not.</returns>
    public static async ValueTask<Refusal?> ScreenAsync(CallInProgress call, ReadOnlyMemory<byte> body, AnswerGate gate)
    {
        var read = call.Wire.ReadAnswer(body, call.Call!, call.Buffer);
        if (read is AnswerOutcome.Unreadable unreadable)
        {
            return unreadable.Fault;
        }

        var answer = (AnswerOutcome.Readable)read;
        foreach (var part in answer.Parts)
        {
            gate.Observe(part, call.Active.Establishing.Detectors.Scan(part));
        }

        if (Seams.Scan(call.Active.Establishing.Detectors, answer.Parts) is { Phrases.IsEmpty: false } seams)
        {
            gate.Findings.Observe(SeamsPath, PartKind.Text, bytes: 0, seams);
        }

        foreach (var toolCall in answer.ToolCalls)
        {
            if (await gate.AdmitAsync(toolCall) is { } refusedEffect)
            {
                return refusedEffect;
            }
        }

        // Last, so that it is decided on the arguments of tool calls as well, as in a streamed answer.
        return await gate.AdmitTextAsync();
    }
}
