namespace Goldilocks.Report;

/// <summary>Files that are part of this assembly.</summary>
internal static class Assets
{
    public static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Assets).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
