using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(ServiceFixture))]

// One program at a time: their limits are of time, and some compilers take a processor and a gigabyte.
[assembly: Parallelization(Mode = ParallelMode.None)]
