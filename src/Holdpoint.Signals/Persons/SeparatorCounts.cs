namespace Holdpoint.Signals.Persons;

/// <summary>How many of each separator of columns a line has so far.</summary>
internal record struct SeparatorCounts(int Commas, int Semicolons, int Tabs, int Bars)
{
    public readonly int this[char separator] => separator switch
    {
        ',' => Commas,
        ';' => Semicolons,
        '\t' => Tabs,
        '|' => Bars,
        _ => 0,
    };

    public void Add(char separator)
    {
        switch (separator)
        {
            case ',': Commas++; break;
            case ';': Semicolons++; break;
            case '\t': Tabs++; break;
            case '|': Bars++; break;
        }
    }
}
