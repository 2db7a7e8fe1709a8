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
        """{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"},"unit":{"enum":"""
        + """["celsius","fahrenheit"]}},"required":["city","days","unit"]}""";

    /// <summary>As a chat defines it.</summary>
    public static string Registration { get; } = Line("{\"type\":\"function\",\"function\":{" + Fields() + "}}");

    /// <summary>As a response defines it.</summary>
    public static string ResponsesRegistration { get; } = Line("{\"type\":\"function\",\"strict\":false," + Fields() + "}");

    private static string Fields() => $"\"name\":\"{Name}\",\"description\":\"{Description}\",\"parameters\":{Parameters}";

    private static string Line(string definition) =>
        $"  - {{ deployment: analysts-cloud, name: {Name}, digest: "
        + $"{Hash.Of(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(definition))).ToHex()}, effect: inform }}\n";
}
