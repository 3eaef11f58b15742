namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Processes;

public sealed class ProcessArtifactTests(ProcessFixture process) : ArtifactBehaviour(process.Service);
