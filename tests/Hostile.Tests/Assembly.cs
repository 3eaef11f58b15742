using Xunit.Sdk;
using Xunit.v3;

// One program at a time, so that what the host notices is this program's doing.
[assembly: Parallelization(Mode = ParallelMode.None)]
