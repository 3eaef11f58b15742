using System.Globalization;
using System.Text.Json;
using Grpc.Core;
using Microsoft.AspNetCore.Mvc;
using ModelContextProtocol.Protocol;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Mcp;

/// <summary>Answers of tools: the structure, and the same as text for models whose client shows them text only.</summary>
internal static class ToolAnswers
{
    public static CallToolResult From<T>(T answer, IEnumerable<ContentBlock>? more = null)
    {
        var json = JsonSerializer.SerializeToElement(answer, ToolJson.Options);
        return new CallToolResult { StructuredContent = json, Content = [new TextContentBlock { Text = json.GetRawText() }, .. more ?? []] };
    }

    /// <summary>
    /// Does what a tool does. What is wrong with its input, or with a service, is told to the model, which can act on it; anything else
    /// is a fault of ours, and the protocol's own error.
    /// </summary>
    public static async Task<CallToolResult> AnswerAsync(Func<Task<CallToolResult>> answerAsync, CancellationToken cancellationToken)
    {
        try
        {
            return await answerAsync();
        }
        catch (ProblemException exception)
        {
            return From(exception.Problem);
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return From(RpcProblems.From(exception));
        }
    }

    private static CallToolResult From(ProblemDetails problem)
    {
        var lines = new List<string> { problem.Detail is { Length: > 0 } detail ? $"{problem.Title} {detail}" : problem.Title ?? "" };
        if (problem.Extensions.TryGetValue(RpcProblems.RetryAfterSeconds, out var seconds))
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"Try again in {seconds} s."));
        return new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = string.Join('\n', lines) }] };
    }
}
