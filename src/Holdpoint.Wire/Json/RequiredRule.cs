using System.Text.Json;

namespace Holdpoint.Wire.Json;

/// <summary>A value that may not be null.</summary>
internal sealed class RequiredRule(Rule rule) : Rule
{
    public override bool Read(ref JsonWalk walk) =>
        walk.Token == JsonTokenType.Null ? walk.FailKind("other than null") : rule.Read(ref walk);
}
