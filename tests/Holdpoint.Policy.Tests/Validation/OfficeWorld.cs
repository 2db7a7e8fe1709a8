using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Tests.Validation;

/// <summary>Entities, requests and policies at random, all of the schema of <see cref="Office"/>; policies are mostly well typed.</summary>
internal static class OfficeWorld
{
    private static readonly string[] Ids = ["a", "b"];
    private static readonly Gen<string> Texts = Gen.Elements("", "a", "x", "ü*");
    private static readonly Gen<long> Numbers = Gen.Elements(-1L, 0, 1, 2, 1_000, long.MaxValue);

    /// <summary>A store without dangling references that conforms to the schema.</summary>
    public static Gen<EntityStore> Stores { get; } =
        from users in Gen.CollectToArray(Ids, User)
        from bots in Gen.CollectToArray(Ids, Bot)
        from documents in Gen.CollectToArray(Ids, Document)
        from nested in Gen.Elements(true, false)
        select EntityStore.Create(
        [
            .. users, .. bots, .. documents,
            new(new("Team", "a"), parents: nested ? [new("Team", "b")] : []), new(new("Team", "b")),
            new(new("Folder", "a"), parents: nested ? [new("Folder", "b")] : []), new(new("Folder", "b")),
            new(new("Color", "red")), new(new("Color", "green")), .. Office.Schema.ActionEntities,
        ]);

    /// <summary>A request that conforms to the schema.</summary>
    public static Gen<Request> Requests { get; } = Gen.OneOf(
        from principal in Of("User", "Bot")
        from resource in Of("Doc")
        from at in DateTimes
        from note in Optional("note", Texts.Select(Value (t) => Value.Of(t)))
        from via in Optional("via", Of("User").Select(Value (u) => Value.Of(u)))
        select new Request(principal, new("Action", "view"), resource, Record(note, via, [Field("at", at)])),
        from principal in Of("User")
        from resource in Of("Doc", "Folder")
        select new Request(principal, new("Action", "edit"), resource, RecordValue.Empty),
        from principal in Of("Bot")
        from resource in Of("Folder")
        select new Request(principal, new("Action", "unused"), resource, RecordValue.Empty));

    public static Gen<Policy> Policies { get; } =
        from effect in Gen.Elements(Effect.Permit, Effect.Forbid)
        from principal in Gen.Elements<ScopeConstraint>(
            new ScopeConstraint.Any(), new ScopeConstraint.Is("User"), new ScopeConstraint.Is("User"),
            new ScopeConstraint.In(new EntityReference.Known(new("Team", "a"))), new ScopeConstraint.Is("Bot"))
        from action in Gen.Elements<ActionConstraint>(
            new ActionConstraint.Any(), new ActionConstraint.Equal(new("Action", "view")),
            new ActionConstraint.Equal(new("Action", "view")),
            new ActionConstraint.In([new("Action", "all")]))
        from resource in Gen.Elements<ScopeConstraint>(
            new ScopeConstraint.Any(), new ScopeConstraint.Is("Doc"), new ScopeConstraint.Is("Doc"),
            new ScopeConstraint.In(new EntityReference.Known(new("Folder", "b"))))
        from conditions in Gen.Sized(size => Boolean(1 + (size % 4))).ListOf(2)
        from kinds in Gen.Elements(ConditionKind.When, ConditionKind.Unless).ListOf(2)
        select new Policy
        {
            Id = "policy0", Effect = effect, Principal = principal, Action = action, Resource = resource,
            Conditions = [.. kinds.Zip(conditions, (k, c) => new Condition(k, c))],
        };

    private static Gen<Value> DateTimes => Numbers.Select(Value (n) =>
        DateTimeValue.TryParse(n > 0 ? "2024-01-01" : "1970-01-01", out var value) ? value : throw new InvalidOperationException());

    private static Gen<Entity> User(string id) =>
        from age in Numbers from name in Texts from since in DateTimes
        from nick in Optional("nick", Texts.Select(Value (t) => Value.Of(t)))
        from boss in Optional("boss", Of("User").Select(Value (u) => Value.Of(u)))
        from team in Of("Team")
        from zip in Optional("zip", Numbers.Select(Value (n) => Value.Of(n)))
        from langs in Texts.ListOf(2)
        from parents in Of("Team").ListOf(2)
        from tags in Texts.ListOf(2)
        select new Entity(
            new("User", id),
            Record(nick, boss,
            [
                Field("age", Value.Of(age)), Field("name", Value.Of(name)), Field("team", Value.Of(team)), Field("since", since),
                Field("home", Record(zip, [], [Field("city", Value.Of(name))])), Field("langs", Value.Set(langs.Select(Value.Of))),
                Field("score", DecimalValue.TryParse("1.5", out var score) ? score : throw new InvalidOperationException()),
            ]),
            parents, Value.Record(tags.Distinct().Select(t => Field(t, Value.Of(t)))));

    private static Gen<Entity> Bot(string id) =>
        from name in Texts
        from nick in Optional("nick", Numbers.Select(Value (n) => Value.Of(n)))
        from tags in Texts.ListOf(2)
        select new Entity(
            new("Bot", id), Record(nick, [], [Field("name", Value.Of(name))]), null,
            Value.Record(tags.Distinct().Select(t => Field(t, Value.Of(7)))));

    private static Gen<Entity> Document(string id) =>
        from owner in Of("User")
        from color in Gen.Elements("red", "green")
        from text in Optional("text", Texts.Select(Value (t) => Value.Of(t)))
        from address in Optional(
            "address", Gen.Constant<Value>(IpAddressValue.TryParse("10.0.0.1", out var ip) ? ip : throw new InvalidOperationException()))
        from parents in Of("Folder").ListOf(2)
        select new Entity(
            new("Doc", id),
            Record(text, address, [Field("owner", Value.Of(owner)), Field("color", Value.Of(new EntityUid("Color", color)))]), parents);

    private static Gen<EntityUid> Of(params string[] types) =>
        from type in Gen.Elements(types) from id in Gen.Elements(Ids) select new EntityUid(type, id);

    private static KeyValuePair<string, Value> Field(string name, Value value) => new(name, value);

    private static Gen<KeyValuePair<string, Value>[]> Optional(string name, Gen<Value> value) =>
        Gen.OneOf(
            Gen.Constant<KeyValuePair<string, Value>[]>([]), value.Select<Value, KeyValuePair<string, Value>[]>(v => [Field(name, v)]));

    private static RecordValue Record(params IEnumerable<IEnumerable<KeyValuePair<string, Value>>> fields) =>
        Value.Record(fields.SelectMany(f => f));

    private static Expr Parse(string text) => ExpressionParser.Parse(text).Expression ?? throw new ArgumentException(text);

    private static Gen<Expr> Boolean(int depth)
    {
        var plain = Gen.Elements(
            "true", "false", "principal is User", "resource is Doc", "principal has nick",
            "resource has text", "context has note", "context has via",
            "principal in Team::\"a\"", "resource in Folder::\"b\"", "action in Action::\"read\"",
            "action == Action::\"view\"", "principal has boss.boss",
            "principal.hasTag(\"a\")", "resource == Doc::\"a\"", "principal has nothing",
            "principal == resource", "principal.hasTag(principal.name)",
            "principal has home.zip", "1 == \"a\"", "principal.langs.isEmpty()",
            "context.at > datetime(\"2000-01-01\")", "resource.color == Color::\"red\"")
            .Select(Parse);
        if (depth == 0)
        {
            return plain;
        }

        var inner = Boolean(depth - 1);
        return Gen.OneOf(
            plain,
            from a in inner from b in inner select (Expr)new BinaryExpr(BinaryOperator.And, a, b),
            from a in inner from b in inner select (Expr)new BinaryExpr(BinaryOperator.And, a, b),
            from a in inner from b in inner select (Expr)new BinaryExpr(BinaryOperator.Or, a, b),
            inner.Select(Expr (a) => new UnaryExpr(UnaryOperator.Not, a)),
            from a in inner from b in inner from c in inner select (Expr)new IfExpr(a, b, c),
            Guarded,
            from op in Gen.Elements(BinaryOperator.Less, BinaryOperator.GreaterOrEqual, BinaryOperator.Equal, BinaryOperator.NotEqual)
            from a in Long(depth - 1) from b in Long(depth - 1) select (Expr)new BinaryExpr(op, a, b),
            from a in String from b in String select (Expr)new BinaryExpr(BinaryOperator.Equal, a, b),
            from a in String select (Expr)new LikeExpr(a, new Pattern(["a", ""])),
            from a in Entity from b in Entity select (Expr)new BinaryExpr(BinaryOperator.In, a, b),
            from a in Entity from b in Entity select (Expr)new BinaryExpr(BinaryOperator.Equal, a, b),
            from a in Entity from name in Gen.Elements("age", "nick", "owner", "boss") select (Expr)new HasExpr(a, [name]),
            from a in String from b in String select (Expr)new CallExpr(Function.Contains, [new SetExpr([a, b]), a]));
    }

    /// <summary>What is read right after the test for it; sometimes after the wrong test.</summary>
    private static Gen<Expr> Guarded => Gen.Elements(
        "principal has nick && principal.nick == \"a\"", "principal has boss && principal.boss.age > 1",
        "resource has text && resource.text like \"a*\"",
        "principal.hasTag(\"a\") && principal.getTag(\"a\") == \"a\"", "context has via && context.via.name == \"x\"",
        "resource has address && resource.address.isIpv4()",
        "principal has boss && principal.boss.boss.age > 1", "context has note && context.via.age > 1",
        "principal has boss.nick && principal.boss.nick == \"a\"",
        "principal.hasTag(\"a\") && principal.getTag(\"b\") == \"a\"").Select(Parse);

    private static Gen<Expr> Entity => Gen.Elements(
        "principal", "resource", "action", "principal.team", "resource.owner",
        "resource.owner.team", "Team::\"a\"", "Team::\"b\"", "User::\"a\"", "Folder::\"a\"",
        "Action::\"all\"", "resource.color", "{x: principal}.x", "(if context has note then principal else resource.owner)").Select(Parse);

    private static Gen<Expr> String => Gen.Elements(
        "\"a\"", "principal.name", "resource.owner.name", "principal.home.city", "context.note",
        "(if principal has nick then principal.nick else \"x\")").Select(Parse);

    private static Gen<Expr> Long(int depth)
    {
        var leaves = Gen.Elements("0", "1", "9223372036854775807", "principal.age", "resource.owner.age", "context.at.toTime().toMinutes()")
            .Select(Parse);
        return depth <= 0 ? leaves : Gen.OneOf(
            leaves,
            from op in Gen.Elements(BinaryOperator.Add, BinaryOperator.Subtract, BinaryOperator.Multiply)
            from a in Long(depth - 1) from b in Long(depth - 1) select (Expr)new BinaryExpr(op, a, b),
            Long(depth - 1).Where(a => a is not LiteralExpr).Select(Expr (a) => new UnaryExpr(UnaryOperator.Negate, a)));
    }
}
