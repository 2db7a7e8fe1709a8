using System.Globalization;
using System.Text;

namespace Holdpoint.Policy.Bench;

/// <summary>
/// Clauses of the red-lines kind (agreements/red-lines): one permit in ten, forbids over counts, sets of classes and origins, claims,
/// signals and authority. No two are equal: each has numbers, a purpose and a phrase of its own.
/// </summary>
internal static class RedLineClauses
{
    private const string UnlessAuthority =
        """
        unless
        {
          context has authority &&
          context.authority.coversContent &&
          [Holdpoint::LegalBasis::"warrant", Holdpoint::LegalBasis::"courtOrder", Holdpoint::LegalBasis::"statute"]
            .contains(context.authority.basis)
        }
        """;

    private static readonly string[] Acquisitions = ["commercial", "scraped", "bulkCollection", "unknown"];
    private static readonly string[] Classes = ["geolocation", "biometric", "omic", "genomic", "health", "financial", "communications"];
    private static readonly string[] Areas =
    [
        "criticalInfrastructure", "education", "housing", "employment", "finance", "insurance", "legal", "medical", "governmentServices",
        "productSafety", "nationalSecurity", "migration", "lawEnforcement",
    ];

    private static readonly string[] Signals = ["persons", "locations", "identifiers"];

    /// <summary>Clauses that all are within reach of the request of <see cref="RedLineRequest"/>.</summary>
    public static string Fitting(int count) => Write(count, _ => FittingScope);

    /// <summary>Ten clauses as above, and others for another action, another kind of resource or another principal each.</summary>
    public static string TenFitting(int count) => Write(count, i => i < 10 ? FittingScope : (i % 3) switch
    {
        0 => Scope("principal", $"action == Holdpoint::Action::\"a{i / 30}\"", "resource is Holdpoint::Model"),
        1 => Scope("principal", "action == Holdpoint::Action::\"invoke\"", $"resource is Holdpoint::Kind{i / 30}"),
        _ => Scope($"principal in Holdpoint::Customer::\"c{i / 30}\"", "action == Holdpoint::Action::\"invoke\"", "resource"),
    });

    private static string FittingScope => Scope("principal", "action == Holdpoint::Action::\"invoke\"", "resource is Holdpoint::Model");

    private static string Scope(string principal, string action, string resource) => $"({principal}, {action}, {resource})";

    private static string Write(int count, Func<int, string> scope)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"@title(\"Clause {i}\")");
            text.AppendLine(Clause(i, scope(i)));
        }

        return text.ToString();
    }

    private static string Clause(int i, string scope)
    {
        var number = (1000 + (i * 37)).ToString(CultureInfo.InvariantCulture);
        var some = List("DataClass", [.. Classes.Where((_, n) => ((i / 10) + n) % 3 != 0)]);
        var area = Areas[i % Areas.Length];
        return (i % 10) switch
        {
            0 => $"permit {scope} when {{ resource in [Holdpoint::Provider::\"p{i}\", Holdpoint::Provider::\"openai\"] }};",
            1 => $"forbid {scope} when {{ context.content.unattestedPersons > {number} }};",
            2 => $"forbid {scope} when {{ context.content.acquisitions.containsAny({List("Acquisition", Acquisitions)}) && "
                + $"((context.content.subjects > {number} && context.content.classes.containsAny({some})) || "
                + $"context.content.subjects > 9{number}) }} {UnlessAuthority};",
            3 => $"forbid {scope} when {{ (context has purpose && context.purpose == Holdpoint::Purpose::\"{area}{i / 10}\") || "
                + "(context.claimed has purpose && "
                + $"context.claimed.purpose == Holdpoint::Purpose::\"{area}{i / 10}\") }} {UnlessAuthority};",
            4 => $"forbid {scope} when {{ context.signals has {Signals[i / 10 % 3]} && context.signals.{Signals[i / 10 % 3]} > {number} && "
                + $"context.content.issuers.isEmpty() }};",
            5 => $"forbid {scope} when {{ context has purpose && {List("Purpose", [.. Areas, $"other{i}"])}.contains(context.purpose) }};",
            6 => $"forbid {scope} when {{ context.claimed has human && !context.claimed.human && "
                + "context.claimed has purpose && "
                + $"{List("Purpose", [area, $"other{i}", "migration"])}.contains(context.claimed.purpose) }};",
            7 => $"forbid {scope} when {{ context.signals has phrases && context.signals.phrases.contains(\"phrase-{i}\") }};",
            8 => $"forbid {scope} when {{ context.exposure.persons > {number} && (context.content.unattestedPersons > 0 || "
                + $"(context.content.origins.containsAny({List("Origin", ["domestic", "unknown"])}) && "
                + $"context.content.consents.containsAny({List("Consent", ["terms", "none", "unknown"])}))) }} {UnlessAuthority};",
            _ => $"forbid {scope} when {{ context.claimed has consent && context.claimed.consent == Holdpoint::Consent::\"none\" && "
                + $"context.claimed has classes && context.claimed.classes.containsAny({some}) && "
                + $"context.exposure.locations > {number} }};",
        };
    }

    private static string List(string type, string[] ids) => $"[{string.Join(", ", ids.Select(id => $"Holdpoint::{type}::\"{id}\""))}]";
}
