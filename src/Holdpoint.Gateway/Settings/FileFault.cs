namespace Holdpoint.Gateway.Settings;

/// <summary>Says why a file could not be read. The exceptions' own texts name paths, and their types mean nothing to an operator.</summary>
internal static class FileFault
{
    public static bool IsOne(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>A clause that follows the name of the file or of its key, such as "there is no such file".</summary>
    public static string Of(Exception e) => e switch
    {
        KeyFileOpenException => e.Message,
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "the gateway's user may not read it, or it is a folder",
        _ => "the system cannot read it",
    };
}
