using System.CommandLine;

namespace Holdpoint.Cli.Cedar;

/// <summary><c>holdpoint cedar</c>: the policy language by itself, without agreements.</summary>
internal static class CedarCommand
{
    public static Command Create() => new("cedar", "Plain Cedar 4.12: decide a request, or compare with published results.")
    {
        CedarAuthorizeCommand.Create(),
        CedarValidateCommand.Create(),
        CedarFormatCommand.Create(),
        CedarCheckParseCommand.Create(),
        CedarTranslatePolicyCommand.Create(),
        CedarTranslateSchemaCommand.Create(),
        CedarCorpusCommand.Create(),
    };
}
