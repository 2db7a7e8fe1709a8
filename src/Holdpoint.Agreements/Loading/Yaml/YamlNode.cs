using System.Collections.Immutable;

namespace Holdpoint.Agreements.Loading.Yaml;

/// <summary>A node of a YAML document, with the place that problems name: <c>agreement.yaml:3:5</c>.</summary>
internal abstract record YamlNode(string Place)
{
    internal sealed record Scalar(string Place, string Text) : YamlNode(Place);

    internal sealed record List(string Place, ImmutableArray<YamlNode> Items) : YamlNode(Place);

    internal sealed record Map(string Place, ImmutableArray<YamlEntry> Entries) : YamlNode(Place);
}

internal sealed record YamlEntry(string Key, string Place, YamlNode Value);
