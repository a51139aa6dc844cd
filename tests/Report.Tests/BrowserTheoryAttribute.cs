namespace Goldilocks.Report.Tests;

/// <summary>A theory that needs Chromium, skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        if (Chromium.Path is null) Skip = "no Chromium on the PATH: install chromium to test the page in a browser";
    }
}
