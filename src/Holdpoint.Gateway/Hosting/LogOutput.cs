using System.Text.Encodings.Web;
using System.Text.Json;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Holdpoint.Gateway.Hosting;

/// <summary>
/// The logging to standard error, and its form. Standard output carries the line <c>ready …</c> and nothing else.
/// </summary>
public static class LogOutput
{
    private const string Timestamp = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Loggers for what happens outside a gateway, such as its start, in the form that the configuration asks for.</summary>
    /// <returns>The caller disposes it, which writes what is still to be written.</returns>
    public static ILoggerFactory CreateLoggers(GatewaySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return LoggerFactory.Create(logging => logging.LogAs(settings.Logs));
    }

    internal static void LogAs(this ILoggingBuilder logging, LogSettings settings)
    {
        if (settings.IsJson)
        {
            logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = Timestamp;

                // The default writes < and ' as \u003C and \u0027, for HTML that nobody makes of this.
                console.JsonWriterOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            });
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = Timestamp + " ";
            });
        }

        logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Holdpoint", LogLevel.Information);

        // With this category on, the host makes an activity and a scope for every request, which nothing of ours reads (ADR 0152).
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddFilter(RequestLog.Category, settings.Requests ? LogLevel.Information : LogLevel.None);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
