using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.OpenAi;

/// <summary>The common base of the endpoints of OpenAI's API.</summary>
/// <param name="request">The table of requests.</param>
/// <param name="answer">The table of whole answers.</param>
/// <param name="limits">The limits; null for the defaults.</param>
internal abstract class OpenAiFormat(Rule request, Rule answer, WireLimits? limits) : JsonFormat(request, answer, limits)
{
    public sealed override ApiFamily Family => ApiFamily.OpenAi;

    public sealed override byte[] WriteError(WireError error) => OpenAiError.Write(error);

    public override byte[] WriteStreamError(WireError error) => OpenAiError.WriteEvent(error);
}
