namespace Holdpoint.Gateway.Storage;

/// <summary>
/// The store cannot be opened, or must not be: somebody else has it, it is newer than this program, or it is not what it should
/// be. Ends the start of the gateway. The message is for the operator, names the file and says what to do.
/// </summary>
internal sealed class StoreRefusedException(string message, Exception? inner = null) : Exception(message, inner);
