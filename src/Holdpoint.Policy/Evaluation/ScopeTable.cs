namespace Holdpoint.Policy.Evaluation;

/// <summary>What is known in one evaluation about one constraint of the table.</summary>
internal enum ScopeMark : byte
{
    Unknown,
    Fits,
    Differs,
}

/// <summary>
/// The different scope constraints of a set, numbered. Many policies share a few of them, so each is tested once per request. The
/// table grows while the set is compiled and is only read afterwards.
/// </summary>
internal sealed class ScopeTable
{
    /// <summary>The number of a constraint that everything fits.</summary>
    private const int Anything = -1;

    private readonly List<Constraint> _constraints = [];
    private readonly Dictionary<Constraint, int> _numbers = [];

    private enum Part
    {
        Principal,
        Action,
        Resource,
    }

    public int Count => _constraints.Count;

    public int AddPrincipal(ScopeConstraint constraint) => Add(new(Part.Principal, constraint, null));

    public int AddResource(ScopeConstraint constraint) => Add(new(Part.Resource, constraint, null));

    public int AddAction(ActionConstraint constraint) => Add(new(Part.Action, null, constraint));

    /// <summary>Whether the request is in the policy's scope.</summary>
    public bool Fits(CompiledPolicy policy, ref Frame frame, Span<ScopeMark> marks) =>
        Fits(policy.Action, ref frame, marks) && Fits(policy.Principal, ref frame, marks) && Fits(policy.Resource, ref frame, marks);

    private int Add(Constraint constraint)
    {
        if (constraint.Entity is ScopeConstraint.Any || constraint.Action is ActionConstraint.Any)
        {
            return Anything;
        }

        if (!_numbers.TryGetValue(constraint, out var number))
        {
            number = _constraints.Count;
            _constraints.Add(constraint);
            _numbers.Add(constraint, number);
        }

        return number;
    }

    private bool Fits(int number, ref Frame frame, Span<ScopeMark> marks)
    {
        if (number == Anything)
        {
            return true;
        }

        if (marks[number] == ScopeMark.Unknown)
        {
            marks[number] = _constraints[number].Test(in frame) ? ScopeMark.Fits : ScopeMark.Differs;
        }

        return marks[number] == ScopeMark.Fits;
    }

    private sealed record Constraint(Part Part, ScopeConstraint? Entity, ActionConstraint? Action)
    {
        public bool Test(in Frame frame) => Part switch
        {
            Part.Principal => Test(frame.Request.Principal, frame.Principal),
            Part.Resource => Test(frame.Request.Resource, frame.Resource),
            _ => TestAction(frame.Request.Action, frame.Action),
        };

        private static bool IsIn(EntityUid uid, StoredEntity? stored, EntityUid ancestor) =>
            uid == ancestor || (stored?.HasAncestor(ancestor) ?? false);

        private bool Test(EntityUid uid, StoredEntity? stored) => Entity switch
        {
            ScopeConstraint.Equal(EntityReference.Known(var other)) => uid == other,
            ScopeConstraint.In(EntityReference.Known(var ancestor)) => IsIn(uid, stored, ancestor),
            ScopeConstraint.Is(var type) => uid.Type == type,
            ScopeConstraint.IsIn(var type, EntityReference.Known(var ancestor)) => uid.Type == type && IsIn(uid, stored, ancestor),
            _ => false,
        };

        private bool TestAction(EntityUid uid, StoredEntity? stored)
        {
            switch (Action)
            {
                case ActionConstraint.Equal(var other):
                    return uid == other;
                case ActionConstraint.In(var actions):
                    foreach (var action in actions)
                    {
                        if (IsIn(uid, stored, action))
                        {
                            return true;
                        }
                    }

                    return false;
                default:
                    return false;
            }
        }
    }
}
