namespace Holdpoint.Gateway.Identity;

/// <summary>The rights of a client key (docs/reference/configuration.md).</summary>
[Flags]
internal enum Rights
{
    None = 0,

    /// <summary>Call models and post evidence.</summary>
    Call = 1,

    /// <summary>See and decide holds.</summary>
    Review = 2,

    /// <summary>Read every record and entry of the log.</summary>
    Audit = 4,

    /// <summary>Read the gateway's status.</summary>
    Operate = 8,
}

/// <summary>The words for <see cref="Rights"/> in configuration.</summary>
internal static class RightsWords
{
    public static readonly string[] All = ["call", "review", "audit", "operate"];

    public static Rights? Parse(string? word) => word switch
    {
        "call" => Rights.Call,
        "review" => Rights.Review,
        "audit" => Rights.Audit,
        "operate" => Rights.Operate,
        _ => null,
    };
}
