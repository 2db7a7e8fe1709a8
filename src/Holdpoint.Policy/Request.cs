namespace Holdpoint.Policy;

/// <summary>One question to the policy: may this principal do this action on this resource, in this context? Immutable.</summary>
/// <param name="Principal">Who acts.</param>
/// <param name="Action">What they would do.</param>
/// <param name="Resource">What they would do it to.</param>
/// <param name="Context">Everything else that policies may look at.</param>
public sealed record Request(EntityUid Principal, EntityUid Action, EntityUid Resource, RecordValue Context)
{
    // The uids are kept as values, so that a decision allocates nothing for `principal`, `action` and `resource`.

    /// <summary>Who acts.</summary>
    public EntityUid Principal { get => PrincipalValue.Uid; init => PrincipalValue = Value.Of(value); }

    /// <summary>What they would do.</summary>
    public EntityUid Action { get => ActionValue.Uid; init => ActionValue = Value.Of(value); }

    /// <summary>What they would do it to.</summary>
    public EntityUid Resource { get => ResourceValue.Uid; init => ResourceValue = Value.Of(value); }

    internal EntityValue PrincipalValue { get; private init; } = Value.Of(Principal);

    internal EntityValue ActionValue { get; private init; } = Value.Of(Action);

    internal EntityValue ResourceValue { get; private init; } = Value.Of(Resource);
}
