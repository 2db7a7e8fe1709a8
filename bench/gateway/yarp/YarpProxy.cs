using Yarp.ReverseProxy.Configuration;

namespace Holdpoint.Yarp.Bench;

/// <summary>YARP as its first page sets it up, with one route to one upstream; it logs nothing.</summary>
internal static class YarpProxy
{
    public static WebApplication Create(Uri upstream)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var route = new RouteConfig { RouteId = "all", ClusterId = "upstream", Match = new() { Path = "{**rest}" } };
        var cluster = new ClusterConfig
        {
            ClusterId = "upstream",
            Destinations = new Dictionary<string, DestinationConfig> { ["only"] = new() { Address = upstream.AbsoluteUri } },
        };
        builder.Services.AddReverseProxy().LoadFromMemory([route], [cluster]);
        var app = builder.Build();
        app.MapReverseProxy();
        return app;
    }
}
