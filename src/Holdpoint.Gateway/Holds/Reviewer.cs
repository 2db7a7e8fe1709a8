using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Identity;

namespace Holdpoint.Gateway.Holds;

/// <summary>Who looks at holds or decides them, under which bundle. Immutable.</summary>
internal sealed record Reviewer(Client Client, ActiveBundle Bundle);
