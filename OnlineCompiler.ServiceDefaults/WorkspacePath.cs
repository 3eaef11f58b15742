using System.Text;

namespace OnlineCompiler.ServiceDefaults;

/// <summary>Which paths a program's file may have: relative, and never out of the workspace.</summary>
public static class WorkspacePath
{
    public const int MaxBytes = 255;

    /// <summary>Says what is wrong with <paramref name="path"/>, or null when nothing is.</summary>
    public static string? FindViolation(string path)
    {
        if (path.Length == 0)
            return "is required";
        if (Encoding.UTF8.GetByteCount(path) > MaxBytes)
            return $"must be at most {MaxBytes} bytes";
        if (path.Contains('\0'))
            return "must not contain NUL";
        if (path[0] == '/')
            return "must be relative";
        if (path.Split('/').Any(segment => segment is "" or "." or ".."))
            return "must not contain empty, \".\" or \"..\" segments";
        return null;
    }
}
