using System.Diagnostics;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <summary>How extension types are spelt.</summary>
public static class ExtensionKindNames
{
    extension(ExtensionKind kind)
    {
        /// <summary>The name in schemas.</summary>
        public string Name => kind switch
        {
            ExtensionKind.Decimal => "decimal",
            ExtensionKind.IpAddress => "ipaddr",
            ExtensionKind.DateTime => "datetime",
            ExtensionKind.Duration => "duration",
            _ => throw new UnreachableException(),
        };

        /// <summary>The function that makes values of the type out of a string.</summary>
        public Function Constructor => kind switch
        {
            ExtensionKind.Decimal => Function.Decimal,
            ExtensionKind.IpAddress => Function.Ip,
            ExtensionKind.DateTime => Function.Datetime,
            ExtensionKind.Duration => Function.Duration,
            _ => throw new UnreachableException(),
        };

        /// <summary>The kind of the values of the type.</summary>
        public ValueKind ValueKind => kind switch
        {
            ExtensionKind.Decimal => ValueKind.Decimal,
            ExtensionKind.IpAddress => ValueKind.IpAddress,
            ExtensionKind.DateTime => ValueKind.DateTime,
            ExtensionKind.Duration => ValueKind.Duration,
            _ => throw new UnreachableException(),
        };
    }
}
