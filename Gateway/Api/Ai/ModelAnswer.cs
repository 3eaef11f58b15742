using System.ComponentModel;

namespace OnlineCompiler.Gateway.Api.Ai;

internal sealed record ModelAnswer([property: Description("As it is configured; null while something is still to be set.")] string? Model);
