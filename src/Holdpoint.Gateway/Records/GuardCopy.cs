using System.Text;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log;
using Holdpoint.Log.Notes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// A second memory of what a log key has signed, apart from the folder with key, guard and store: when a snapshot of that folder is put
/// back, all three are old and agree, and only this one knows better (ADR 0067). Best effort: it can only refuse more. Not thread-safe.
/// </summary>
internal sealed partial class GuardCopy
{
    /// <summary>
    /// Least time between two writes. A second: each costs two syncs, and for telling an older copy it need not know the last second.
    /// </summary>
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly bool _isNamed;
    private readonly ILogger _log;
    private SignedCheckpoint? _behind;
    private long _due;
    private bool _isFailing;

    private GuardCopy(string path, bool isNamed, ILogger log)
    {
        _path = path;
        _isNamed = isNamed;
        _log = log;
    }

    /// <summary>The copy at the path that the configuration names, or at the default one.</summary>
    /// <param name="named">A path; null for <c>holdpoint/</c> in the user's folder for state (XDG Base Directory 0.8).</param>
    /// <param name="key">The log's key, which names the file there.</param>
    /// <param name="log">Told of what cannot be read or written.</param>
    /// <returns>Null where the user has no such folder, and none is named.</returns>
    public static GuardCopy? At(string? named, VerifierKey key, ILogger<GuardCopy>? log = null)
    {
        log ??= NullLogger<GuardCopy>.Instance;
        if ((named ?? DefaultPath(key)) is { } path)
        {
            return new GuardCopy(path, named is not null, log);
        }

        LogNoPlace(log);
        return null;
    }

    /// <summary>The checkpoint that it remembers; null when there is none, or at the default place it cannot be read.</summary>
    /// <exception cref="StoreRefusedException">
    /// The file is not this key's, or the one that the configuration names cannot be read.
    /// </exception>
    public SignedCheckpoint? Read(VerifierKey key)
    {
        try
        {
            return SignerGuard.Read(_path, key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unusable(e) is { } refused ? throw refused : null;
        }
    }

    /// <summary>Makes it remember what is signed at the start, to find out at once whether it can.</summary>
    /// <exception cref="StoreRefusedException">The file that the configuration names cannot be written.</exception>
    public void Begin(SignedCheckpoint checkpoint)
    {
        _behind = checkpoint;
        if (!TryWrite(out var fault) && Unusable(fault!) is { } refused)
        {
            throw refused;
        }
    }

    /// <summary>Remembers a checkpoint, soon.</summary>
    public void Remember(SignedCheckpoint checkpoint)
    {
        _behind = checkpoint;
        if (Environment.TickCount64 >= _due)
        {
            Flush();
        }
    }

    /// <summary>Writes what it does not remember yet.</summary>
    public void Flush()
    {
        if (_behind is not null && !TryWrite(out var fault) && !_isFailing)
        {
            _isFailing = true;
            LogNotWritten(fault!.GetType().Name);
        }
    }

    private static string? DefaultPath(VerifierKey key)
    {
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        if (!Path.IsPathFullyQualified(state ?? ""))
        {
            var home = Environment.GetEnvironmentVariable("HOME");
            state = Path.IsPathFullyQualified(home ?? "") ? Path.Combine(home!, ".local", "state") : null;
        }

        return state is null
            ? null
            : Path.Combine(state, "holdpoint", Hash.Of(Encoding.UTF8.GetBytes(key.ToString())).ToHex() + ".signed");
    }

    private bool TryWrite(out Exception? fault)
    {
        fault = null;
        _due = Environment.TickCount64 + (long)LeastPause.TotalMilliseconds;
        try
        {
            OwnerOnly.CreateFolder(Path.GetDirectoryName(_path)!);
            DurableFile.Replace(_path, _behind!.Note.Span);
            (_behind, _isFailing) = (null, false);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault = e;
            return false;
        }
    }

    /// <summary>Whoever names a place wants it used; the default one may be read-only, as homes of services are.</summary>
    private StoreRefusedException? Unusable(Exception fault)
    {
        if (_isNamed)
        {
            return new StoreRefusedException($"log.guard_copy_file {_path} cannot be used: {fault.Message}", fault);
        }

        _isFailing = true;
        LogNotWritten(fault.GetType().Name);
        return null;
    }

    [LoggerMessage(
        EventId = 6104, Level = LogLevel.Warning,
        Message = "No copy of the signer guard is kept, because this user has no home folder: name a place in log.guard_copy_file")]
    private static partial void LogNoPlace(ILogger log);

    [LoggerMessage(
        EventId = 6105, Level = LogLevel.Warning,
        Message = "The copy of the signer guard cannot be kept ({Reason}): an older copy of the gateway's folder would not be found out. "
            + "Name a place in log.guard_copy_file")]
    private partial void LogNotWritten(string reason);
}
