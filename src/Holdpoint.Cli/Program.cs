using System.CommandLine;

var root = new RootCommand("Holdpoint: a safety stack for AI deployments.");

return await root.Parse(args).InvokeAsync();
