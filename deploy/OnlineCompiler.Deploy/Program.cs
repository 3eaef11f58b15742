using Amazon.CDK;
using OnlineCompiler.Deploy;
using OnlineCompiler.Deploy.Cost;
using OnlineCompiler.Deploy.Environments;

if (args is [CostCommand.Name, .. var names])
    return CostCommand.Run(Path.GetFullPath("environments"), names);

// Started by the CDK's command line, from the folder of cdk.json: cdk synth -c environment=staging -c imageTag=1.2.3
var app = new App(new AppProps { AnalyticsReporting = false, TreeMetadata = false });
string Context(string key) => app.Node.TryGetContext(key) as string ?? "";

try
{
    var environment = EnvironmentReader.Load(Path.GetFullPath("environments"), Context("environment"), Context("imageTag"));
    Deployment.Synthesize(app, environment);
    return 0;
}
catch (EnvironmentException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
