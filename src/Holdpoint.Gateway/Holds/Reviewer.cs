using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Identity;

namespace Holdpoint.Gateway.Holds;

/// <summary>A client that looks at holds or decides them, and the bundle under which it does. Immutable.</summary>
internal sealed record Reviewer(Client Client, ActiveBundle Bundle);
