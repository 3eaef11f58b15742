using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(ServiceFixture))]

// These tests share one machine: its user ids, its control groups, its list of processes. Many of them kill, or count what is
// left, and would find each other's programs.
[assembly: Parallelization(Mode = ParallelMode.None)]
