using Microsoft.AspNetCore.Mvc;

namespace OnlineCompiler.Gateway.Problems;

/// <summary>
/// On an endpoint: errors there have a body of the endpoint's own instead of problem details, because its clients were
/// written for another service.
/// </summary>
/// <param name="BodyOf">What becomes the JSON, of a complete problem.</param>
internal sealed record ErrorShape(Func<ProblemDetails, object> BodyOf);
