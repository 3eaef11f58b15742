using OnlineCompiler.WholeApp.Tests.Application;

[assembly: AssemblyFixture(typeof(SharedApp))]
// One test's burst of programs must not be another's missed deadline.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
