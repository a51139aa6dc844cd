namespace Goldilocks.Core;

/// <summary>"Did you mean": the candidate closest to a mistyped name.</summary>
public static class Suggest
{
    /// <summary>A hint such as <c> Did you mean "seed"?</c>, or the list of candidates when none is close.</summary>
    public static string Hint(string typed, IEnumerable<string> candidates)
    {
        var all = candidates.ToArray();
        var best = all.MinBy(candidate => Distance(typed, candidate));
        return best is not null && Distance(typed, best) <= Math.Max(2, typed.Length / 3)
            ? $"Did you mean \"{best}\"?"
            : $"Known: {string.Join(", ", all)}.";
    }

    /// <summary>Optimal string alignment distance (insert, delete, substitute, swap neighbours), ignoring case.</summary>
    internal static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 2])
                    && char.ToLowerInvariant(a[i - 2]) == char.ToLowerInvariant(b[j - 1]))
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
