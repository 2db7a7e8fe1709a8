namespace Holdpoint.Gateway.Storage;

/// <summary>
/// One step of the schema. Each concept declares its own next to its statements; <see cref="Schema"/> puts them in order.
/// </summary>
/// <param name="Number">Its place in the order, from 1, without gaps. Never reused, never changed once released.</param>
/// <param name="Name">
/// A few words for people, kept in the store: a different name under a known number is a different program's store.
/// </param>
/// <param name="Sql">What it does; one or several statements.</param>
internal sealed record Migration(int Number, string Name, string Sql);
