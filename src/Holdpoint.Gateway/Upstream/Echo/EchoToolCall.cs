namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>The form of a tool call in an answer.</summary>
internal enum EchoToolKind
{
    Function,
    Custom,
    LegacyFunction,
}

/// <summary>The tool call of an echo: the first tool, or the one that the caller insists on.</summary>
internal sealed record EchoToolCall(EchoToolKind Kind, string Name, string Arguments);
