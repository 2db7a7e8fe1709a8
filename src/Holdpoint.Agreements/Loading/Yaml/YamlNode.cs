using System.Collections.Immutable;

namespace Holdpoint.Agreements.Loading.Yaml;

/// <summary>A node of a YAML document, with the place that problems name: <c>agreement.yaml:3:5</c>.</summary>
internal abstract record YamlNode(string Place)
{
    /// <param name="Place">The place at which the node begins.</param>
    /// <param name="Text">The node's text, as written or unquoted.</param>
    /// <param name="IsPlain">Whether the text is written without quotes and not as a block.</param>
    internal sealed record Scalar(string Place, string Text, bool IsPlain) : YamlNode(Place)
    {
        /// <summary>Whether the text is one of YAML's forms of null.</summary>
        public bool IsNull => IsPlain && Text is ("" or "~" or "null" or "Null" or "NULL");
    }

    internal sealed record List(string Place, ImmutableArray<YamlNode> Items) : YamlNode(Place);

    internal sealed record Map(string Place, ImmutableArray<YamlEntry> Entries) : YamlNode(Place);
}

internal sealed record YamlEntry(string Key, string Place, YamlNode Value);
