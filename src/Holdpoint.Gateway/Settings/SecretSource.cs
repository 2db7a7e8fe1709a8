namespace Holdpoint.Gateway.Settings;

/// <summary>The source of a secret: an environment variable or a file, never the configuration itself.</summary>
internal abstract record SecretSource
{
    private SecretSource()
    {
    }

    /// <summary>The secret, without surrounding white space; null where it is absent or empty.</summary>
    /// <exception cref="IOException">The file cannot be read, or others than its owner can read it too.</exception>
    public abstract string? Read();

    /// <summary>The name of the source in messages: its place, never its content.</summary>
    public abstract string Place { get; }

    internal sealed record EnvironmentVariable(string Name) : SecretSource
    {
        public override string Place => $"environment variable {Name}";

        public override string? Read() => NullIfEmpty(Environment.GetEnvironmentVariable(Name));
    }

    internal sealed record KeyFile(string Path) : SecretSource
    {
        public override string Place => $"file {System.IO.Path.GetFileName(Path)}";

        public override string? Read() => NullIfEmpty(KeyFileReader.ReadText(Path));
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
