using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(ServiceFixture))]

// As many programs at a time as the service has slots on the smallest machine: their limits are of time.
[assembly: Parallelization(Mode = ParallelMode.All, MaxThreads = 2)]
