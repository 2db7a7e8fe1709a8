namespace Holdpoint.Gateway.Upstream;

/// <summary>What an upstream's answer is, by what it sent and not by what was asked for: so no screen is skipped because of a flag.</summary>
internal enum AnswerKind
{
    /// <summary>A success in JSON, to be read whole.</summary>
    Whole,

    /// <summary>A success as a stream of events.</summary>
    Stream,

    /// <summary>An error of the upstream's, to be passed on unchanged with its status.</summary>
    Error,
}
