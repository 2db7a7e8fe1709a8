using Holdpoint.Signals;

namespace Holdpoint.Gateway.Screening;

/// <summary>
/// Looks for a phrase that began in another part of a streamed answer and goes on in this one: joined as they are, and with a
/// space between. Lasts as long as such a phrase may be open. Belongs to one part; not thread-safe.
/// </summary>
internal sealed class JoinedScreens : IDisposable
{
    /// <summary>How many screens it has: one for each way of joining.</summary>
    public const int Count = 2;

    private readonly (StreamScreen Screen, int Before)[] _screens;
    private readonly GrowingMark[] _marks = new GrowingMark[Count];

    /// <param name="detectors">What looks at the text.</param>
    /// <param name="path">The part's path in the answer.</param>
    /// <param name="openEnd">The end of the other part.</param>
    public JoinedScreens(Detectors detectors, string path, ReadOnlySpan<char> openEnd)
    {
        _screens = [(detectors.BeginScreen(path), openEnd.Length), (detectors.BeginScreen(path), openEnd.Length + 1)];
        foreach (var (screen, before) in _screens)
        {
            screen.Feed(openEnd);
            screen.Feed(" ".AsSpan(0, before - openEnd.Length));
        }
    }

    /// <summary>The number of UTF-16 units of this part that may be sent.</summary>
    public long Released => Math.Max(0, _screens.Min(static joined => joined.Screen.Releasable - joined.Before));

    /// <summary>Screens the next text of this part.</summary>
    /// <returns>Whether what began in the other part may still go on.</returns>
    public bool Feed(ReadOnlySpan<char> text, GrowingFindings found)
    {
        var isOpen = false;
        foreach (var (screen, before) in _screens)
        {
            screen.Feed(text);
            isOpen |= screen.Releasable <= before;
        }

        Collect(found);
        return isOpen;
    }

    /// <summary>The part has ended, or pauses.</summary>
    public void End(GrowingFindings found)
    {
        foreach (var (screen, _) in _screens)
        {
            screen.End();
        }

        Collect(found);
    }

    public void Dispose()
    {
        foreach (var (screen, _) in _screens)
        {
            screen.Dispose();
        }
    }

    // Persons are those of each part.
    private void Collect(GrowingFindings found)
    {
        for (var i = 0; i < Count; i++)
        {
            found.AddPhrases(_screens[i].Screen.Found, ref _marks[i]);
        }
    }
}
