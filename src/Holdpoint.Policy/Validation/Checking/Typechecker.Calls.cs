using Holdpoint.Policy.Evaluation;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Validation.Checking;

/// <content>Functions and methods.</content>
internal sealed partial class Typechecker
{
    private Answer CheckCall(Capabilities prior, CallExpr call)
    {
        var signature = FunctionSignature.Of(call.Function);
        if (call.Arguments.Length != signature.Arity)
        {
            return CheckArity(prior, call, signature);
        }

        return call.Function switch
        {
            Function.Contains or Function.ContainsAll or Function.ContainsAny => CheckContains(prior, call),
            Function.IsEmpty => Called(
                call, CedarType.Boolean.Any,
                Expect(
                    prior, call.Arguments[0], Expected.Set,
                    t => t is CedarType.String ? "use `== \"\"` to test for an empty string" : null)),
            Function.HasTag => CheckHasTag(prior, call),
            Function.GetTag => CheckGetTag(prior, call),
            _ => CheckExtension(prior, call, signature),
        };
    }

    private Answer CheckArity(Capabilities prior, CallExpr call, FunctionSignature signature)
    {
        // The receiver of a method is not what people call an argument.
        var receiver = signature.IsMethod ? 1 : 0;
        var wanted = (signature.Arity - receiver) switch { 0 => "no argument", 1 => "one argument", var n => $"{n} arguments" };
        findings.Add(ValidationCode.WrongArity, call.Span, $"`{signature.Name}` takes {wanted}, not {call.Arguments.Length - receiver}");
        foreach (var argument in call.Arguments)
        {
            Check(prior, argument);
        }

        return Answer.Fault(signature.IsExtension ? ExtensionTypes.Of(call.Function).Result : null);
    }

    private Answer CheckExtension(Capabilities prior, CallExpr call, FunctionSignature signature)
    {
        var types = ExtensionTypes.Of(call.Function);
        if (ExtensionFunctions.IsConstructor(call.Function) && !IsConstructible(call, signature))
        {
            Check(prior, call.Arguments[0]);
            return Answer.Fault(types.Result);
        }

        Answer[] arguments = [.. call.Arguments.Zip(types.Parameters, (a, p) => Expect(prior, a, p))];
        return Called(call, types.Result, arguments);
    }

    /// <summary>Whether a constructor has a text that it takes; or, in permissive mode, one that is computed.</summary>
    private bool IsConstructible(CallExpr call, FunctionSignature signature)
    {
        if (call.Arguments[0] is not LiteralExpr(var literal))
        {
            if (IsStrict)
            {
                findings.Add(
                    ValidationCode.ComputedExtensionText, call.Span, $"`{signature.Name}` takes a literal string",
                    "give the value the extension type in the schema, and pass it as such");
            }

            return !IsStrict;
        }

        if (literal is not StringValue { Value: var text } || ExtensionFunctions.Construct(call.Function, text) is not null)
        {
            return true;
        }

        findings.Add(
            ValidationCode.BadExtensionText, call.Span, $"{literal} is no {signature.Name}", call.Function switch
            {
                Function.Decimal => "write one to four digits after the point, such as \"12.50\"",
                Function.Datetime => "write \"2024-10-15\" or \"2024-10-15T11:35:00Z\"",
                Function.Duration => "write \"2d12h30m\", with units d, h, m, s and ms in this order",
                _ => "write an address or a range, such as \"10.0.0.0/8\" or \"::1\"",
            });
        return false;
    }
}
