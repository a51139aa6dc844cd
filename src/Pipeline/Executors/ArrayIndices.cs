using System.Text;

namespace Goldilocks.Pipeline;

/// <summary>Sets of shards as Slurm writes them.</summary>
internal static class ArrayIndices
{
    /// <summary>"0,3,7-9".</summary>
    public static string Format(IEnumerable<int> indices)
    {
        var text = new StringBuilder();
        var sorted = indices.Distinct().Order().ToArray();
        for (var first = 0; first < sorted.Length;)
        {
            var last = first;
            while (last + 1 < sorted.Length && sorted[last + 1] == sorted[last] + 1) last++;
            if (text.Length > 0) text.Append(',');
            text.Append(sorted[first]);
            if (last > first) text.Append('-').Append(sorted[last]);
            first = last + 1;
        }

        return text.ToString();
    }
}
