namespace Holdpoint.Gateway.Settings;

/// <summary>A model's name, or a pattern in which each <c>*</c> stands for any characters, also none. Case counts.</summary>
internal readonly record struct ModelPattern(string Text)
{
    /// <summary>Whether it is one model's name.</summary>
    public bool IsLiteral => !Text.Contains('*', StringComparison.Ordinal);

    /// <summary>Whether it means that model. Takes time linear in the name for each star at most, whatever the pattern is.</summary>
    public bool Matches(ReadOnlySpan<char> model)
    {
        var pattern = Text.AsSpan();
        var star = pattern.IndexOf('*');
        if (star < 0)
        {
            return model.SequenceEqual(pattern);
        }

        if (!model.StartsWith(pattern[..star]))
        {
            return false;
        }

        model = model[star..];
        pattern = pattern[(star + 1)..];

        // Each piece between stars is taken at its first place: if any choice of places fits, this one does.
        for (star = pattern.IndexOf('*'); star >= 0; star = pattern.IndexOf('*'))
        {
            var place = model.IndexOf(pattern[..star], StringComparison.Ordinal);
            if (place < 0)
            {
                return false;
            }

            model = model[(place + star)..];
            pattern = pattern[(star + 1)..];
        }

        return model.EndsWith(pattern);
    }

    public override string ToString() => Text;
}
