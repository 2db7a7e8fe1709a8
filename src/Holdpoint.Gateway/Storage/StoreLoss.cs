namespace Holdpoint.Gateway.Storage;

/// <summary>
/// Why nothing can be written to the store, or read from it, before the gateway is started again: what is open is no longer what the
/// next start would find. Closed; the codes are a contract (docs/reference/http.md).
/// </summary>
/// <param name="Code">Stable code.</param>
/// <param name="Message">For the operator; no path.</param>
internal sealed record StoreLoss(string Code, string Message)
{
    private const string WhatToDo =
        "What was answered last may be in no file any more. Stop the gateway, put the store's own files back where they were, start again.";

    /// <summary>A file of the store is no longer under its name.</summary>
    public static StoreLoss Removed(string file) =>
        new("store_removed", $"The store's {file} was removed or renamed while it was open. {WhatToDo}");

    /// <summary>Another file stands under the name.</summary>
    public static StoreLoss Replaced(string file) =>
        new("store_replaced", $"Another file was put in the place of the store's {file} while it was open. {WhatToDo}");

    /// <summary>The database file has lost its end.</summary>
    public static StoreLoss Cut { get; } = new("store_cut", $"The store's database was cut short while it was open. {WhatToDo}");

    /// <summary>The content is not what was committed.</summary>
    public static StoreLoss Changed { get; } =
        new("store_changed", $"The store no longer holds what was committed to it. {WhatToDo}");

    public override string ToString() => $"{Code}: {Message}";
}
