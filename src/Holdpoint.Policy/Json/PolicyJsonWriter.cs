using System.Text.Json;

namespace Holdpoint.Policy.Json;

/// <summary>Writes policies as Cedar writes them.</summary>
internal sealed partial class PolicyJsonWriter(Utf8JsonWriter json)
{
    public void Write(PolicySet set)
    {
        json.WriteStartObject();
        json.WriteStartObject("staticPolicies");
        foreach (var policy in set.Policies[..^set.Links.Length])
        {
            json.WritePropertyName(policy.Id);
            Write(policy);
        }

        json.WriteEndObject();
        json.WriteStartObject("templates");
        foreach (var template in set.Templates)
        {
            json.WritePropertyName(template.Id);
            Write(template.Body);
        }

        json.WriteEndObject();
        json.WriteStartArray("templateLinks");
        foreach (var link in set.Links)
        {
            json.WriteStartObject();
            json.WriteString("templateId", link.TemplateId);
            json.WriteString("newId", link.NewId);
            json.WriteStartObject("values");
            WriteValue("?principal", link.Principal);
            WriteValue("?resource", link.Resource);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void Write(Policy policy)
    {
        json.WriteStartObject();
        json.WriteString("effect", policy.Effect == Effect.Permit ? "permit" : "forbid");
        WriteScope("principal", policy.Principal);
        WriteAction(policy.Action);
        WriteScope("resource", policy.Resource);
        json.WriteStartArray("conditions");
        foreach (var condition in policy.Conditions)
        {
            json.WriteStartObject();
            json.WriteString("kind", condition.Kind == ConditionKind.When ? "when" : "unless");
            json.WritePropertyName("body");
            Write(condition.Body);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (!policy.Annotations.IsEmpty)
        {
            json.WriteStartObject("annotations");
            foreach (var (name, value) in policy.Annotations)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteScope(string variable, ScopeConstraint constraint)
    {
        json.WriteStartObject(variable);
        switch (constraint)
        {
            case ScopeConstraint.Equal(var entity):
                json.WriteString("op", "==");
                WriteReference(variable, entity);
                break;
            case ScopeConstraint.In(var entity):
                json.WriteString("op", "in");
                WriteReference(variable, entity);
                break;
            case ScopeConstraint.Is(var type):
                json.WriteString("op", "is");
                json.WriteString("entity_type", type);
                break;
            case ScopeConstraint.IsIn(var type, var entity):
                json.WriteString("op", "is");
                json.WriteString("entity_type", type);
                json.WriteStartObject("in");
                WriteReference(variable, entity);
                json.WriteEndObject();
                break;
            default:
                json.WriteString("op", "All");
                break;
        }

        json.WriteEndObject();
    }

    private void WriteAction(ActionConstraint constraint)
    {
        json.WriteStartObject("action");
        switch (constraint)
        {
            case ActionConstraint.Equal(var action):
                json.WriteString("op", "==");
                WriteValue("entity", action);
                break;
            case ActionConstraint.In([var only]):
                json.WriteString("op", "in");
                WriteValue("entity", only);
                break;
            case ActionConstraint.In(var actions):
                json.WriteString("op", "in");
                json.WriteStartArray("entities");
                foreach (var action in actions)
                {
                    WriteUid(action);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteString("op", "All");
                break;
        }

        json.WriteEndObject();
    }

    private void WriteReference(string variable, EntityReference reference)
    {
        if (reference is EntityReference.Known(var uid))
        {
            WriteValue("entity", uid);
        }
        else
        {
            json.WriteString("slot", $"?{variable}");
        }
    }

    private void WriteValue(string name, EntityUid? uid)
    {
        if (uid is { } known)
        {
            json.WritePropertyName(name);
            WriteUid(known);
        }
    }

    private void WriteUid(EntityUid uid)
    {
        json.WriteStartObject();
        json.WriteString("type", uid.Type);
        json.WriteString("id", uid.Id);
        json.WriteEndObject();
    }
}
