using System.Runtime.CompilerServices;

namespace Holdpoint.Testing;

/// <summary>Gateways that tests start keep what they keep in the user's folder for state in one of the test process's own.</summary>
internal static class TestHome
{
#pragma warning disable CA2255 // A library that only tests load: every one of them is to have it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Use()
    {
        var folder = Directory.CreateTempSubdirectory("holdpoint-test-state-");
        Environment.SetEnvironmentVariable("XDG_STATE_HOME", folder.FullName);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
    }
}
