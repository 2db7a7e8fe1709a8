using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Records;

namespace Holdpoint.Gateway.Holds;

/// <summary>A client that looks at holds or decides them, and the bundle under which it does. Immutable.</summary>
/// <param name="Client">The client.</param>
/// <param name="Bundle">The bundle.</param>
/// <param name="Relies">That both are so still; null where nothing can take them away.</param>
internal sealed record Reviewer(Client Client, ActiveBundle Bundle, IReliance? Relies = null);
