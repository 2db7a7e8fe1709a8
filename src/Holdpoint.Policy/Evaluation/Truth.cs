namespace Holdpoint.Policy.Evaluation;

/// <summary>What a condition comes to. An error is a value here: nothing is thrown on the way of a decision.</summary>
internal enum Truth : byte
{
    False,
    True,

    /// <summary>The frame holds the error.</summary>
    Error,
}
