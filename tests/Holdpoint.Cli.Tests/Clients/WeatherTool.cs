using System.Text;
using Holdpoint.Log;
using Holdpoint.Log.Json;

namespace Holdpoint.Cli.Tests.Clients;

/// <summary>The tool that the client tests offer, and the line by which an agreement registers it.</summary>
internal static class WeatherTool
{
    public const string Name = "get_weather";

    public const string Description = "The weather in a city";

    public const string Parameters =
        """{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"},"unit":{"enum":["celsius","fahrenheit"]}},"required":["city","days","unit"]}""";

    public static string Registration { get; } =
        $"  - {{ deployment: analysts-cloud, name: {Name}, digest: {Digest()}, effect: inform }}\n";

    private static string Digest() => Hash.Of(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(
        "{\"type\":\"function\",\"function\":{\"name\":\"" + Name + "\",\"description\":\"" + Description + "\",\"parameters\":" + Parameters + "}}"))).ToHex();
}
