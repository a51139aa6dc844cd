using System.Numerics;

namespace Goldilocks.Theory.Tests;

/// <summary>The rank of an integer matrix by fraction-free elimination in whole numbers of any size: slow, and independent of the product's.</summary>
internal static class RationalRank
{
    public static int Of(IEnumerable<int[]> rows)
    {
        var left = rows.Select(row => Array.ConvertAll(row, entry => new BigInteger(entry))).ToList();
        var rank = 0;
        for (var column = 0; left.Count > 0 && column < left[0].Length; column++)
        {
            var index = left.FindIndex(row => !row[column].IsZero);
            if (index < 0) continue;
            var pivot = left[index];
            left.RemoveAt(index);
            rank++;
            foreach (var row in left)
            {
                var factor = row[column];
                if (factor.IsZero) continue;
                var common = BigInteger.Zero;
                for (var k = 0; k < row.Length; k++)
                {
                    row[k] = (row[k] * pivot[column]) - (pivot[k] * factor);
                    common = BigInteger.GreatestCommonDivisor(common, row[k]);
                }

                for (var k = 0; k < row.Length && common > 1; k++) row[k] /= common;
            }

            left.RemoveAll(row => Array.TrueForAll(row, entry => entry.IsZero));
        }

        return rank;
    }

    public static int[] Row(Parallelogram q, int symbols)
    {
        var row = new int[symbols];
        q.WriteRow(row);
        return row;
    }
}
