using System.Diagnostics;

namespace Holdpoint.Gateway.Holds;

/// <summary>What waits.</summary>
internal enum HoldKind
{
    /// <summary>A call, which has not been sent to its model.</summary>
    Call,

    /// <summary>A tool call of a kept answer, or a tool that the provider would run.</summary>
    Effect,

    /// <summary>A kept answer, for what was found in its text.</summary>
    Answer,
}

/// <summary>The state of a hold. What is not <see cref="Open"/> or <see cref="Releasing"/> has ended for good.</summary>
internal enum HoldState
{
    /// <summary>It waits for people, or for the call to be made again once they have approved.</summary>
    Open,

    /// <summary>One request is releasing it; all others are refused meanwhile.</summary>
    Releasing,

    /// <summary>What was approved has happened.</summary>
    Used,

    /// <summary>A person refused it.</summary>
    Refused,

    /// <summary>Its time ran out.</summary>
    Expired,
}

/// <summary>The words for kinds and states in the store and over HTTP; never changed.</summary>
internal static class HoldWords
{
    public static string Of(HoldKind kind) => kind switch
    {
        HoldKind.Call => "call",
        HoldKind.Effect => "effect",
        HoldKind.Answer => "answer",
        _ => throw new UnreachableException(),
    };

    public static string Of(HoldState state) => state switch
    {
        HoldState.Open => "open",
        HoldState.Releasing => "releasing",
        HoldState.Used => "used",
        HoldState.Refused => "refused",
        HoldState.Expired => "expired",
        _ => throw new UnreachableException(),
    };

    public static HoldKind KindOf(string word) => Array.Find(Enum.GetValues<HoldKind>(), kind => Of(kind) == word);

    /// <exception cref="InvalidOperationException">The store holds a word that this program does not know.</exception>
    public static HoldState StateOf(string word) => Enum.GetValues<HoldState>().First(state => Of(state) == word);
}
