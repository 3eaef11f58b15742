using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Api.Judgements;

namespace OnlineCompiler.Gateway.Api.Submissions;

[Description("Exactly one of both.")]
internal sealed record SubmissionBody
{
    [Description("As for POST /api/v1/executions.")]
    public ExecutionBody? Execution { get; init; }

    [Description("As for POST /api/v1/judgements.")]
    public JudgementBody? Judgement { get; init; }
}

internal sealed record BatchBody
{
    [Required, MinLength(1), MaxLength(SubmissionsApi.MaxBatch), Description("1-20 submissions.")]
    public IReadOnlyList<SubmissionBody?>? Submissions { get; init; }
}
