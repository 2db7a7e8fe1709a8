using System.Text.Json;
using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.OpenAi.Completions;

/// <summary>
/// One chunk of a streamed completion. A choice's index may follow its text, so the contents are collected first. Not thread-safe.
/// </summary>
internal sealed class CompletionsChunk : Rule
{
    private readonly Shape _top;

    public CompletionsChunk()
    {
        _top = new Shape(
            StringsRule.Unknown,
            ("id", TokenRule.Shared),
            ("object", new SettingRule("text_completion")),
            ("created", TokenRule.Shared),
            ("model", AnswerModelRule.Shared),
            ("system_fingerprint", TokenRule.Shared),
            ("obfuscation", PaddingRule.Shared),   // random padding that the provider adds
            ("usage", StringsRule.Known),
            ("choices", new ListRule(new ChoiceRule(this))));
    }

    /// <summary>The contents of each choice in the chunk: its index, a piece of its text, and whether the choice has ended.</summary>
    public List<(int Index, ReadOnlyMemory<byte> Text, bool IsFinished)> Choices { get; } = [];

    public override bool Read(ref JsonWalk walk)
    {
        Choices.Clear();
        return walk.ReadObject(_top);
    }

    private sealed class ChoiceRule(CompletionsChunk owner) : Rule
    {
        private static readonly Rule Finish = new SettingRule("stop", "length", "content_filter");

        private static readonly Shape Fields = new(
            StringsRule.Unknown,
            ("index", CheckedRule.Shared),
            ("text", CheckedRule.Shared),
            ("finish_reason", CheckedRule.Shared));

        public override bool Read(ref JsonWalk walk)
        {
            if (walk.Token != JsonTokenType.StartObject)
            {
                return walk.FailKind("an object");
            }

            // A server that leaves the index out has one choice.
            var index = walk.ItemIndex;
            var isFinished = false;
            ReadOnlyMemory<byte> text = default;
            var fields = walk.BeginObject();
            while (walk.NextField(Fields, ref fields, out var field))
            {
                var read = field switch
                {
                    0 => (walk.Token == JsonTokenType.Number && walk.TryInt32(out index)) || walk.FailKind("a whole number"),
                    1 when walk.Token == JsonTokenType.String => walk.TryText(out text),
                    2 => Finish.Read(ref walk),
                    _ => StringsRule.Unknown.Read(ref walk),
                };
                if (!read)
                {
                    return false;
                }

                isFinished |= field == 2 && walk.Token != JsonTokenType.Null;
            }

            owner.Choices.Add((index, text, isFinished));
            return walk.Fault is null;
        }
    }
}
