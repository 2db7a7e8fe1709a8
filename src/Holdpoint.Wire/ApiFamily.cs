namespace Holdpoint.Wire;

/// <summary>The API family of a wire format. A call is forwarded only to an upstream of its own family: nothing is translated.</summary>
internal enum ApiFamily
{
    /// <summary>OpenAI's API, and servers that speak it.</summary>
    OpenAi,

    /// <summary>Anthropic's API, and servers that speak it.</summary>
    Anthropic,
}
