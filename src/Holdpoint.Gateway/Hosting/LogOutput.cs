using System.Text.Encodings.Web;
using System.Text.Json;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Holdpoint.Gateway.Hosting;

/// <summary>What is written to standard error, and in which form. Standard output carries the line <c>ready …</c> and nothing else.</summary>
internal static class LogOutput
{
    public static void LogAs(this ILoggingBuilder logging, LogSettings settings)
    {
        if (settings.IsJson)
        {
            logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

                // The default writes < and ' as \u003C and \u0027, for HTML that nobody makes of this.
                console.JsonWriterOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            });
        }
        else
        {
            logging.AddSimpleConsole(console => console.SingleLine = true);
        }

        logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Holdpoint", LogLevel.Information);
        logging.AddFilter(RequestLog.Category, settings.Requests ? LogLevel.Information : LogLevel.None);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
