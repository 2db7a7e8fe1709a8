namespace Holdpoint.Wire;

/// <summary>A tool call that a model made, complete.</summary>
/// <param name="Path">
/// The call's place: a JSON Pointer such as <c>/choices/0/message/tool_calls/0</c>, the same for whole and streamed answers.
/// </param>
/// <param name="Id">The provider's id of the call; null for the legacy <c>function_call</c>, which has none.</param>
/// <param name="Name">The tool's name; for a call of unknown kind, its type.</param>
/// <param name="Arguments">The arguments, decoded: JSON text by convention, but a model may write anything.</param>
internal sealed record ToolCall(string Path, string? Id, string Name, ReadOnlyMemory<byte> Arguments)
{
    /// <summary>
    /// The name of the definition that offered the tool: the tool's name, except where one definition makes several tools.
    /// </summary>
    public string DefinedAs { get; init; } = Name;

    /// <summary>
    /// Whether the provider runs such a tool itself, or the API describes the call as an item of its own: the arguments are then that whole
    /// item, results included.
    /// </summary>
    public bool IsItem { get; init; }
}
