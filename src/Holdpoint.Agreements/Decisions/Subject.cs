namespace Holdpoint.Agreements;

/// <summary>The actor and the action: the part of a request that is not the situation. Closed: every case is declared here.</summary>
public abstract record Subject
{
    private Subject(string deployment, string principal)
    {
        ArgumentException.ThrowIfNullOrEmpty(deployment);
        ArgumentException.ThrowIfNullOrEmpty(principal);
        Deployment = deployment;
        Principal = principal;
    }

    /// <summary>The registered workload.</summary>
    public string Deployment { get; }

    /// <summary>The person or service in the deployment.</summary>
    public string Principal { get; }

    /// <summary>A call to a model.</summary>
    /// <param name="Deployment">The registered workload.</param>
    /// <param name="Principal">The person or service in the deployment.</param>
    /// <param name="Model">The model's name, as the client gave it.</param>
    /// <param name="Provider">The provider that runs the model, by a name that the agreement lists under <c>providers</c>.</param>
    public sealed record Invoke(string Deployment, string Principal, string Model, string Provider) : Subject(Deployment, Principal);

    /// <summary>An effect: a tool call.</summary>
    /// <param name="Deployment">The registered workload.</param>
    /// <param name="Principal">The person or service in the deployment.</param>
    /// <param name="Tool">The tool's name.</param>
    /// <param name="Effect">The class that <see cref="Agreement.EffectClassOf"/> returned for the tool's definition.</param>
    public sealed record Act(string Deployment, string Principal, string Tool, EffectClass Effect) : Subject(Deployment, Principal);
}
