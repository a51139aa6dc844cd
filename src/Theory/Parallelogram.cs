namespace Goldilocks.Theory;

/// <summary>A parallelogram (i, j, m, n) of definition 1: the equation E_i + E_j = E_m + E_n between two distinct pairs.</summary>
public readonly record struct Parallelogram(int I, int J, int M, int N)
{
    /// <summary>The largest squared norm of a row: (i, i, m, m) gives 2² + 2².</summary>
    internal const int MaximumSquaredNorm = 8;

    /// <summary>The equation's row of A(P) (eq. 7): +1 at i and j, -1 at m and n; a repeated index adds up.</summary>
    /// <param name="row">Length P; overwritten.</param>
    public void WriteRow(Span<int> row)
    {
        row.Clear();
        row[I]++;
        row[J]++;
        row[M]--;
        row[N]--;
    }
}
