using OnlineCompiler.ServiceDefaults;
using ExecutionClient = OnlineCompiler.Execution.V1.Execution.ExecutionClient;

namespace OnlineCompiler.AiService.Assistance;

internal static class AssistanceExtensions
{
    /// <summary>Explaining and fixing programs; needs <c>AddChatModel</c>, and the service <c>execution</c> for proofs.</summary>
    public static void AddAssistance(this IServiceCollection services)
    {
        services.AddGrpcServiceClient<ExecutionClient>("execution");
        services.AddTransient<ProofRunner>();
        services.AddTransient<ProgramExplainer>();
        services.AddTransient<ProgramFixer>();
    }
}
