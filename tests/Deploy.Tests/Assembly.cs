using System.Runtime.Versioning;
using OnlineCompiler.Deploy.Tests.Templates;

[assembly: AssemblyFixture(typeof(SynthesizedEnvironments))]

// Scripts of a Unix shell are among what is tested.
[assembly: SupportedOSPlatform("linux")]
