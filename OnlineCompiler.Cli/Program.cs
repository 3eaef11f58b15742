using OnlineCompiler.Cli.Commands;

return await CommandLine.RunAsync(args);
