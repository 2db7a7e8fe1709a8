using Holdpoint.Yarp.Bench;

// yarp | bare, and the upstream's address: a proxy to it on a port of its own, which it prints.
if (args is not [var kind, var address] || !Uri.TryCreate(address, UriKind.Absolute, out var upstream))
{
    Console.Error.WriteLine("usage: yarp|bare UPSTREAM");
    return 2;
}

var app = kind switch
{
    "yarp" => YarpProxy.Create(upstream),
    "bare" => BareProxy.Create(upstream),
    _ => throw new ArgumentException("yarp or bare"),
};
await app.StartAsync();
Console.WriteLine($"ready {app.Urls.Single()}");
await app.WaitForShutdownAsync();
return 0;
