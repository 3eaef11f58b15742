using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Api.Judgements;

namespace OnlineCompiler.Gateway.Api.Submissions;

[Description("Exactly one of execution and judgement.")]
internal sealed record SubmissionBody
{
    [Description("As for POST /api/v1/executions.")]
    public ExecutionBody? Execution { get; init; }

    [Description("As for POST /api/v1/judgements.")]
    public JudgementBody? Judgement { get; init; }

    [Description("Whom to tell when it has ended; default: nobody.")]
    public CallbackBody? Callback { get; init; }
}

[Description("A POST in the form of the Standard Webhooks specification, sent until it is answered with 2xx, for about an hour.")]
internal sealed record CallbackBody
{
    [Required, Description("http or https, ASCII, at most 2 048 characters, without a user name; a host of the public internet.")]
    public string? Url { get; init; }

    [Description("whsec_ and 24-64 bytes as Base64: the key of the signatures, kept until the callback is delivered or given up. Default: none, not signed.")]
    public string? Secret { get; init; }

    [Description("Your own, given back with the callback; at most 1 KiB.")]
    public string? Context { get; init; }
}

internal sealed record BatchBody
{
    [Required, MinLength(1), MaxLength(SubmissionsApi.MaxBatch), Description("1-20 submissions.")]
    public IReadOnlyList<SubmissionBody?>? Submissions { get; init; }
}
