using System.Text;
using System.Text.Unicode;
using ModelContextProtocol.Protocol;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Mcp;

/// <summary>Files that a program wrote, as what a model can look at: pictures, texts, and the rest as bytes.</summary>
internal static class ToolArtifacts
{
    private static readonly string[] _pictures = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    public static ContentBlock ToContent(Artifact artifact)
    {
        if (_pictures.Contains(artifact.MediaType))
            return ImageContentBlock.FromBytes(artifact.Content.Memory, artifact.MediaType);
        var uri = $"workspace:///{Uri.EscapeDataString(artifact.Path).Replace("%2F", "/", StringComparison.Ordinal)}";
        return new EmbeddedResourceBlock
        {
            Resource = Utf8.IsValid(artifact.Content.Span)
                ? new TextResourceContents { Uri = uri, MimeType = artifact.MediaType, Text = Encoding.UTF8.GetString(artifact.Content.Span) }
                : BlobResourceContents.FromBytes(artifact.Content.Memory, uri, artifact.MediaType),
        };
    }
}
