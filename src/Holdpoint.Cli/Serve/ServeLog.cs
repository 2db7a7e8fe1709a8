using System.Reflection;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Settings;
using Microsoft.Extensions.Logging;

namespace Holdpoint.Cli.Serve;

/// <summary>
/// The lines of <c>serve</c> on standard error about its start and its proofs, in the form that the configuration asks for. Thread-safe.
/// </summary>
internal sealed partial class ServeLog(ILogger logger)
{
    public const string Category = "Holdpoint.Serve";

    /// <summary>The agreement that is about to be served.</summary>
    public void Starting(GatewaySettings settings, Agreement agreement)
    {
        var version = typeof(GatewaySettings).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var (configuration, digest) = (Path.GetFileName(settings.Path), settings.Digest.ToHex());
        var (name, bundle) = (agreement.Name, agreement.Bundle.ToString());
        LogStarting(version, configuration, digest, name, bundle);
    }

    /// <summary>The address on which it listens, and the models that it serves.</summary>
    public void Listening(string address, GatewaySettings settings)
    {
        var models = string.Join(", ", settings.ModelNames);
        LogListening(address, models);
    }

    [LoggerMessage(EventId = 9201, Level = LogLevel.Information,
        Message = "Holdpoint {Version}: configuration {Configuration} ({Digest}), agreement {Agreement}, bundle {Bundle}")]
    private partial void LogStarting(string? version, string configuration, string digest, string agreement, string bundle);

    [LoggerMessage(EventId = 9202, Level = LogLevel.Information, Message = "Proving the agreement with {Solvers} …")]
    public partial void Proving(string solvers);

    [LoggerMessage(EventId = 9203, Level = LogLevel.Information, Message = "The agreement is {Result} after {Seconds} s")]
    public partial void Concluded(string result, double seconds);

    [LoggerMessage(EventId = 9204, Level = LogLevel.Information, Message = "The agreement is vouched for by the signed proof {Proof}")]
    public partial void VouchedFor(string proof);

    [LoggerMessage(EventId = 9205, Level = LogLevel.Information, Message = "Listening on {Address} for the models {Models}")]
    private partial void LogListening(string address, string models);
}
