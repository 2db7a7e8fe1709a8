using System.Reflection;
using System.Text.RegularExpressions;
using Holdpoint.Agreements;
using Holdpoint.Evidence.Verification;
using Holdpoint.Gateway.Storage;
using Holdpoint.Testing;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Tests;

/// <summary>docs/reference/causes.md lists every cause that the code can give, and no other.</summary>
public sealed partial class CausesPageTests
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly string Page = File.ReadAllText(Repo.Path("docs", "reference", "causes.md"));

    /// <summary>Where causes are declared: their constants and their ready-made faults.</summary>
    private static readonly Type[] Homes =
    [
        .. new[] { typeof(Fault), typeof(Store) }
            .SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Cause", StringComparison.Ordinal)
                || type.Name.EndsWith("Causes", StringComparison.Ordinal)
                || type.Name.EndsWith("Faults", StringComparison.Ordinal)),
    ];

    [Fact]
    public void Every_cause_of_the_code_is_on_the_page_and_no_other()
    {
        string[] causes =
        [
            .. Homes.SelectMany(Constants),
            .. Homes.SelectMany(Faults),
            .. Enum.GetValues<EvidenceCause>().Select(cause => cause.Code),
            .. typeof(Cause).GetProperties(Static).Where(property => property.PropertyType == typeof(Cause))
                .Select(property => ((Cause)property.GetValue(null)!).Code),
        ];

        Assert.Equal(causes.Distinct().Order(StringComparer.Ordinal), Rows().SelectMany(row => row.Causes).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_row_says_what_it_means_and_what_to_do() =>
        Assert.All(Rows(), row => Assert.All(row.Cells, cell => Assert.NotEqual("", cell)));

    [Fact]
    public void Faults_have_the_status_that_the_page_gives() =>
        Assert.All(
            Homes.SelectMany(FaultsOf),
            fault => Assert.Contains(
                fault.Status.ToString(System.Globalization.CultureInfo.InvariantCulture), StatusOf(fault.Cause), StringComparison.Ordinal));

    private static IEnumerable<string> Constants(Type type) => type.GetFields(Static)
        .Where(field => field.IsLiteral && field.FieldType == typeof(string))
        .Select(field => (string)field.GetRawConstantValue()!);

    private static IEnumerable<string> Faults(Type type) => FaultsOf(type).Select(fault => fault.Cause);

    private static IEnumerable<Fault> FaultsOf(Type type) => type.GetProperties(Static)
        .Where(property => property.PropertyType == typeof(Fault))
        .Select(property => (Fault)property.GetValue(null)!);

    private static string StatusOf(string cause) => Rows().Single(row => row.Causes.Contains(cause)).Cells[1];

    private static IEnumerable<(string[] Causes, string[] Cells)> Rows() => Row().Matches(Page)
        .Select(row => row.Value.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())
        .Select(cells => (Code().Matches(cells[0]).Select(code => code.Groups[1].Value).ToArray(), cells));

    [GeneratedRegex("^\\| `.*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z0-9_]+)`")]
    private static partial Regex Code();
}
