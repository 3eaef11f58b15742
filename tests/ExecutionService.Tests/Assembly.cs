using OnlineCompiler.ExecutionService.Tests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(ServiceFixture))]

// These tests share one machine: its user ids, its control groups, its list of processes. Many of them kill, or count what is
// left, and would find each other's programs. Only those run beside each other, two at a time, that are in a collection which says so.
[assembly: Parallelization(Mode = ParallelMode.Collections, MaxThreads = 2)]
[assembly: CollectionBehavior(typeof(AloneUnlessCollected))]
