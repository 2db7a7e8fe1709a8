namespace Holdpoint.Analysis.Tests.Symbolic;

/// <summary>Policies over the <see cref="SampleSchema"/> at random, strictly valid nearly always.</summary>
internal sealed class RandomPolicies(Random random)
{
    public string Policy()
    {
        var principal = Pick(
            "principal", "principal", "principal == User::\"e0\"", "principal in Team::\"e1\"",
            "principal is User in Org::\"e0\"", "principal is User");
        var action = Pick(
            "action", "action == Action::\"read\"", "action in Action::\"any\"", "action in [Action::\"read\", Action::\"write\"]");
        var resource = Pick("resource", "resource", "resource == Doc::\"e0\"", "resource is Doc");
        var when = $"when {{ {Truth(random.Next(1, 5))} }}";
        var unless = random.Next(3) == 0 ? $" unless {{ {Truth(random.Next(1, 3))} }}" : "";
        return $"{Pick("permit", "forbid")} ({principal}, {action}, {resource}) {when}{unless};";
    }

    public string Truth(int depth)
    {
        if (depth <= 0)
        {
            return Pick(
                "true", "false", "context.ok", "context has m", "context has who",
                "resource has nums", "resource.owner.home has city", "resource.owner has boss");
        }

        var d = depth - 1;
        return random.Next(26) switch
        {
            0 => $"!({Truth(d)})",
            1 or 2 => $"({Truth(d)} && {Truth(d)})",
            3 or 4 => $"({Truth(d)} || {Truth(d)})",
            5 => $"(if {Truth(d)} then {Truth(d)} else {Truth(d)})",
            6 or 7 => $"({Number(d)} {Pick("<", "<=", ">", ">=", "==", "!=")} {Number(d)})",
            8 => $"({Text(d)} == {Text(d)})",
            9 => $"({Text(d)} like \"{Pick("a*", "*b", "*a*b*", "ab", "*", "", "b\\*")}\")",
            10 => $"({User(d)} {Pick("==", "in", "!=")} {User(d)})",
            11 => $"({User(d)} in "
                + Pick(
                    "Team::\"e0\"", "Team::\"e1\"", "Org::\"e0\"", $"{User(d)}.teams",
                    "[Team::\"e0\", Team::\"e2\"]", "[Org::\"e1\", Org::\"e0\"]")
                + ")",
            12 => $"({Pick("Team::\"e0\"", "Team::\"e2\"")} in "
                + $"{Pick("Team::\"e1\"", "Team::\"e0\"", "Org::\"e1\"", "resource.owner.teams")})",
            13 => $"({Sets(d)})",
            14 => $"({Sets(d)})",
            15 => Pick(
                $"(context has m && context.m > {Number(d)})",
                $"(resource has nums && resource.nums.contains({Number(d)}))", $"(context has who && {Guarded(d)})"),
            16 => $"(context has inner && context.inner has flag && (context.inner.flag || context.inner.deep == {Number(d)}))",
            17 => $"({Instant(d)} {Pick("<", "<=", "==", ">")} {Instant(d)})",
            18 => $"({Duration(d)} {Pick("<", ">=", "==")} {Duration(d)})",
            19 => $"({Decimals()})",
            20 => "(context.from."
                + Pick(
                    "isIpv4()", "isIpv6()", "isLoopback()", "isMulticast()",
                    "isInRange(ip(\"1.2.0.0/15\"))", "isInRange(ip(\"ff00::/7\"))")
                + ")",
            21 => $"(context.from == ip(\"{Pick("1.2.3.4", "::1", "1.2.0.0/16")}\"))",
            22 => $"({User(d)}.hasTag({Text(d)}))",
            23 => Pick(
                "(principal.hasTag(\"a\") && principal.getTag(\"a\") > 1)",
                "(resource.owner.hasTag(resource.owner.name) && resource.owner.getTag(resource.owner.name) == context.n)"),
            24 => $"(resource.color {Pick("==", "!=")} {Pick("Color::\"red\"", "Color::\"blue\"", "resource.color")})",
            _ => $"(action == {Pick("Action::\"read\"", "Action::\"write\"")} || action in Action::\"any\")",
        };
    }

    private string Guarded(int d) =>
        $"{Pick("context.who == ", "context.who in ", "principal in ")}{Pick("principal", "resource.owner", User(d))}";

    private string Number(int depth)
    {
        if (depth <= 0)
        {
            return Pick(
                "0", "1", "2", "5", "-1", "3", "9223372036854775807", "context.n",
                "principal.age", "resource.owner.home.zip", "Team::\"e0\".size");
        }

        var d = depth - 1;
        return random.Next(7) switch
        {
            0 or 1 => $"({Number(d)} {Pick("+", "-")} {Number(d)})",
            2 => $"({Number(d)} * {Pick("2", "-3", "0", "1", "-1")})",
            3 => $"-({Number(d)})",
            4 => $"(if {Truth(d)} then {Number(d)} else {Number(d)})",
            5 => $"{Duration(d)}.{Pick("toMilliseconds", "toSeconds", "toMinutes", "toHours", "toDays")}()",
            _ => "(if context has m then context.m else 7)",
        };
    }

    private string Text(int depth) => depth <= 0
        ? Pick("\"a\"", "\"ab\"", "\"\"", "principal.name", "resource.owner.name", "User::\"e1\".name")
        : Pick(
            Text(0), $"(if {Truth(depth - 1)} then {Text(0)} else {Text(depth - 1)})",
            "(if principal.home has city then principal.home.city else \"b*\")");

    private string User(int depth) => depth <= 0
        ? Pick("principal", "resource.owner", "User::\"e0\"", "User::\"e2\"")
        : Pick(
            User(0), $"(if {Truth(depth - 1)} then {User(0)} else {User(0)})",
            "(if principal has boss then principal.boss else principal)");

    private string Sets(int d) => random.Next(12) switch
    {
        0 => $"resource.words.contains({Text(d)})",
        1 => $"resource.words.containsAll({Pick("context.tags", $"[{Text(d)}, {Text(d)}]")})",
        2 => $"{Pick("context.tags", $"[{Text(d)}, \"a\"]")}.containsAny({Pick("resource.words", "context.tags", "[\"ab\", \"b*\"]")})",
        3 => $"{Pick("context.tags", "resource.words", "resource.sets", "principal.teams")}.isEmpty()",
        4 => $"context.tags == {Pick("resource.words", "[\"a\"]", $"[{Text(d)}, \"ab\"]")}",
        5 => $"resource.rows.contains({{a: {Number(d)}, b: {Truth(0)}}})",
        6 => "resource.sets.contains([1, 2])",
        7 => $"[{Number(d)}, {Number(d)}].containsAll([{Number(d)}])",
        8 => "(resource has nums && (resource.sets.contains(resource.nums) || resource.nums == [1, 2]))",
        9 => $"principal.teams.contains({Pick("Team::\"e0\"", "Team::\"e1\"")})",
        10 => "(principal has likes && (principal.likes.contains(resource.color) || "
            + "principal.likes.containsAll([Color::\"red\", Color::\"green\"])))",
        _ => "(principal has likes && resource.owner has likes && principal.likes.containsAny(resource.owner.likes))",
    };

    private string Instant(int depth) => depth <= 0
        ? Pick("context.at", "principal.born", "datetime(\"2024-02-29\")", "datetime(\"1969-12-31T23:59:59.999Z\")")
        : Pick($"{Instant(0)}.offset({Duration(depth - 1)})", $"{Instant(0)}.toDate()", Instant(0));

    private string Duration(int depth) => depth <= 0
        ? Pick("resource.lease", "duration(\"1d\")", "duration(\"-5m\")", "duration(\"1ms\")")
        : Pick($"{Instant(depth - 1)}.durationSince({Instant(0)})", $"{Instant(depth - 1)}.toTime()", Duration(0));

    private string Decimals() =>
        $"principal.quota.{Pick("lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual")}"
        + $"({Pick("decimal(\"0.0001\")", "decimal(\"0.0002\")", "resource.owner.quota", "decimal(\"-0.5\")")})";

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
