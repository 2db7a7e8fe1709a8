namespace Holdpoint.Gateway.Upstream.Echo;

/// <summary>The echo's reply to a conversation.</summary>
/// <param name="Text">The text; null when it calls a tool instead.</param>
/// <param name="Tool">The tool that it calls.</param>
/// <param name="IsCut">Whether the text was cut to what an echo says at most.</param>
/// <param name="PromptBytes">Length of the conversation, from which the usage is made up.</param>
internal sealed record EchoReply(string? Text, EchoToolCall? Tool, bool IsCut, int PromptBytes)
{
    // As real models have an output limit: many choices of a large body would otherwise be gigabytes.
    private const int MaxChars = 65_536;

    /// <summary>The output, text or arguments; the usage is made up from it.</summary>
    public string Output => Text ?? Tool!.Arguments;

    /// <summary>Calls the tool, or says the text where there is none.</summary>
    public static EchoReply To(string lastUser, EchoToolCall? tool, int promptBytes)
    {
        if (tool is not null)
        {
            return new(null, tool, IsCut: false, promptBytes);
        }

        var isCut = lastUser.Length > MaxChars;
        var text = isCut ? lastUser[..(MaxChars - (char.IsHighSurrogate(lastUser[MaxChars - 1]) ? 1 : 0))] : lastUser;
        return new("[echo] " + text, null, isCut, promptBytes);
    }
}
