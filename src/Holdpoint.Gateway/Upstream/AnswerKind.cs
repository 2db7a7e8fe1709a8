namespace Holdpoint.Gateway.Upstream;

/// <summary>
/// The kind of an upstream's answer, by what it sent and not by what was asked for: no screen is skipped because of a flag.
/// </summary>
internal enum AnswerKind
{
    /// <summary>A success in JSON, to be read whole.</summary>
    Whole,

    /// <summary>A success as a stream of events.</summary>
    Stream,

    /// <summary>An error from the upstream, to be passed on unchanged with its status.</summary>
    Error,
}
