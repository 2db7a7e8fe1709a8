using System.Collections.Immutable;

namespace Holdpoint.Wire;

/// <summary>The outcome of reading a whole answer. Closed: every case is declared here.</summary>
internal abstract record AnswerOutcome
{
    private AnswerOutcome()
    {
    }

    /// <param name="Parts">
    /// Every text and opaque part, in body order, including the strings of unknown fields, which would be released too. Arguments of tool
    /// calls are not repeated here.
    /// </param>
    /// <param name="ToolCalls">Every tool call, in body order.</param>
    public sealed record Readable(ImmutableArray<Part> Parts, ImmutableArray<ToolCall> ToolCalls) : AnswerOutcome
    {
        /// <summary>
        /// Every value that only the provider can read and that a later request may send back, in body order. Each is a text part too.
        /// </summary>
        public ImmutableArray<OpaqueValue> OpaqueValues { get; init; } = [];
    }

    /// <summary>The answer cannot be screened, so it is not released.</summary>
    public sealed record Unreadable(Fault Fault) : AnswerOutcome;
}
