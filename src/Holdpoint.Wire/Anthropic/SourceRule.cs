using System.Text;
using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.Anthropic;

/// <summary>
/// The source of an image or a document. Only the types that have the content in the body are read; <c>url</c> and <c>file</c> name content
/// that is elsewhere.
/// </summary>
internal sealed class SourceRule : Rule
{
    private static readonly (string, Rule) Type = ("type", CheckedRule.Shared);

    // A media type that nobody registered could be a message; it is read as text.
    private static readonly (string, Rule) MediaType = (
        "media_type", new SettingRule("image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf", "text/plain"));

    private readonly TypedRule _types;

    /// <param name="types">The types that may appear here, of <c>base64</c>, <c>text</c> and <c>content</c>.</param>
    /// <param name="blocks">The blocks of <c>content</c>.</param>
    public SourceRule(string[] types, Rule? blocks = null)
    {
        (string, Rule)[] known =
        [
            ("base64", new Base64SourceRule()),
            ("text", Fields(Type, MediaType, ("data!", new RequiredRule(TextRule.Shared)))),
            ("content", Fields(
                Type, ("content", new EitherRule(text: TextRule.Shared, array: blocks is null ? null : new ListRule(blocks))))),
        ];
        _types = new TypedRule(
            WireCause.UnsupportedContent,
            [
                .. known.Where(type => types.Contains(type.Item1)),
                ("url", ElsewhereRule.Shared),
                ("file", ElsewhereRule.Shared),
            ]);
    }

    public override bool Read(ref JsonWalk walk) => _types.Read(ref walk);

    /// <summary>A file in base64; the media type beside it may come first or last.</summary>
    private sealed class Base64SourceRule : Rule
    {
        private readonly ObjectRule _opaque = Fields(Type, MediaType, ("data!", new RequiredRule(Base64Rule.Shared)));
        private readonly ObjectRule _textual = Fields(Type, MediaType, ("data!", new RequiredRule(new Base64Rule(isTextual: true))));

        public override bool Read(ref JsonWalk walk) =>
            (walk.Peek("media_type"u8) is { } type && TextualTypes.Contains(Encoding.UTF8.GetBytes(type)) ? _textual : _opaque)
                .Read(ref walk);
    }

    private static ObjectRule Fields(params (string Name, Rule Rule)[] fields) => new(new Shape(fields));

    private sealed class ElsewhereRule : Rule
    {
        public static ElsewhereRule Shared { get; } = new();

        public override bool Read(ref JsonWalk walk) => walk.Fail(WireCause.ContentNotInBody, "refers to content that is not in the body");
    }
}
