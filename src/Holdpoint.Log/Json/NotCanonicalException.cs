namespace Holdpoint.Log.Json;

/// <summary>Leaves the recursion of one canonicalization; never leaves this folder. The message holds nothing of the input.</summary>
internal sealed class NotCanonicalException(string message) : Exception(message);
