using Holdpoint.Signals;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Screening;

/// <summary>Stage 8 for an answer that comes in one piece: nothing of it leaves before all of it was screened.</summary>
internal static class WholeScreening
{
    // Of no part alone.
    private const string SeamsPath = "/";

    /// <summary>Screens an answer.</summary>
    /// <param name="outcome">The answer as it was read.</param>
    /// <param name="gate">Decides what is found.</param>
    /// <returns>Null when the answer may be released, or why not.</returns>
    public static async ValueTask<Objection?> ScreenAsync(AnswerOutcome outcome, AnswerGate gate)
    {
        if (outcome is AnswerOutcome.Unreadable unreadable)
        {
            return unreadable.Fault;
        }

        var answer = (AnswerOutcome.Readable)outcome;
        var byPart = gate.Detectors.ScanAll(answer.Parts);
        for (var i = 0; i < byPart.Length; i++)
        {
            var part = answer.Parts[i];
            gate.Findings.Observe(part.Path, part.Bytes.Length, byPart[i]);
        }

        if (Seams.Scan(gate.Detectors, answer.Parts, byPart) is { IsNothing: false } seams)
        {
            gate.Findings.Observe(SeamsPath, bytes: 0, seams);
        }

        foreach (var toolCall in answer.ToolCalls)
        {
            if (await gate.AdmitAsync(toolCall) is { } objection)
            {
                return objection;
            }
        }

        // Last, so that it is decided on the arguments of tool calls as well, as in a streamed answer.
        if (await gate.AdmitTextAsync() is { } refused)
        {
            return refused;
        }

        foreach (var value in answer.OpaqueValues)
        {
            gate.Pass(value.Value.Span);
        }

        return null;
    }
}
