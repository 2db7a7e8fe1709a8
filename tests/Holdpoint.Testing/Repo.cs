namespace Holdpoint.Testing;

/// <summary>Paths of the checkout that the tests run in, found upwards from the test's own binaries.</summary>
public static class Repo
{
    public static string Root { get; } = FindRoot();

    public static string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Holdpoint.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No Holdpoint.slnx above {AppContext.BaseDirectory}.");
    }
}
