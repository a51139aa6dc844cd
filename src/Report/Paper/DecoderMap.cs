using Goldilocks.Core;

namespace Goldilocks.Report;

/// <summary>What a decoder answers on a regular grid of the plane.</summary>
internal sealed class DecoderMap
{
    private readonly int[,] _classes;
    private readonly double[] _x;
    private readonly double[] _y;

    /// <param name="step">Step of the checkpoint.</param>
    /// <param name="classes">Answers by row and column.</param>
    /// <param name="x">Centre of each column, evenly spaced.</param>
    /// <param name="y">Centre of each row, evenly spaced.</param>
    public DecoderMap(long step, int[,] classes, double[] x, double[] y)
    {
        (Step, _classes, _x, _y) = (step, classes, x, y);
        (DeltaX, DeltaY) = (Spacing(x), Spacing(y));
    }

    /// <summary>Updates before this state.</summary>
    public long Step { get; }

    /// <summary>Cells side by side.</summary>
    public int Columns => _x.Length;

    /// <summary>Width of a cell; negative when columns run to the left.</summary>
    public double DeltaX { get; }

    /// <inheritdoc cref="DeltaX"/>
    public double DeltaY { get; }

    /// <summary>The grid's edges.</summary>
    public (double Left, double Right, double Bottom, double Top) Bounds => (
        Math.Min(_x[0], _x[^1]) - (Math.Abs(DeltaX) / 2), Math.Max(_x[0], _x[^1]) + (Math.Abs(DeltaX) / 2),
        Math.Min(_y[0], _y[^1]) - (Math.Abs(DeltaY) / 2), Math.Max(_y[0], _y[^1]) + (Math.Abs(DeltaY) / 2));

    /// <summary>The last map of a run.</summary>
    /// <exception cref="GoldilocksException">The table is of another schema, or cells are missing.</exception>
    public static DecoderMap Read(TableFile table, RunRow run, CancellationToken cancellation)
    {
        string[] columns = ["step", "row", "column", "x", "y", "class"];
        var mine = $"run = {Native.SqlText.Literal(run.Id)}";
        var rows = table.Select(columns, [], $"""WHERE {mine} AND step = (SELECT max(step) FROM decoder_map WHERE {mine}) ORDER BY "row", "column" """, cancellation);
        var (row, column, answers) = (rows["row"].ToIntegers(), rows["column"].ToIntegers(), rows["class"].ToIntegers());
        var (x, y) = (rows["x"].ToDoubles(), rows["y"].ToDoubles());
        var (height, width) = ((int)row[^1] + 1, (int)column.Max() + 1);
        if (height < 2 || width < 2 || rows.RowCount != height * width)
            throw new GoldilocksException($"decoder_map.parquet: the grid of run {run.ShortId} has no {height} × {width} cells. Run the analyze stage again.");
        var classes = new int[height, width];
        for (var i = 0; i < rows.RowCount; i++) classes[row[i], column[i]] = (int)answers[i];
        return new DecoderMap(rows["step"].ToIntegers()[0], classes, x[..width], [.. Enumerable.Range(0, height).Select(i => y[i * width])]);
    }

    /// <summary>Cells of one answer that lie side by side, as one: its middle row, edges and answer.</summary>
    public IEnumerable<(double Left, double Right, double Y, int Class)> Runs()
    {
        for (var row = 0; row < _y.Length; row++)
        {
            for (var first = 0; first < _x.Length;)
            {
                var last = first;
                while (last + 1 < _x.Length && _classes[row, last + 1] == _classes[row, first]) last++;
                yield return (_x[first] - (DeltaX / 2), _x[last] + (DeltaX / 2), _y[row], _classes[row, first]);
                first = last + 1;
            }
        }
    }

    /// <summary>For each answer, the cell that is farthest (in cells, rows and columns alike) from any other answer and from the grid's edge.</summary>
    /// <param name="least">Answers without a cell this far inside are left out.</param>
    public IEnumerable<(double X, double Y, int Class)> Centres(int least)
    {
        var (height, width) = (_y.Length, _x.Length);
        var depth = new int[height, width];
        // Two sweeps give every cell its chessboard distance to the nearest different neighbour.
        void Relax(int row, int column, ReadOnlySpan<(int Row, int Column)> neighbours)
        {
            foreach (var (down, right) in neighbours)
            {
                var (r, c) = (row + down, column + right);
                var outside = r < 0 || c < 0 || r >= height || c >= width || _classes[r, c] != _classes[row, column];
                depth[row, column] = Math.Min(depth[row, column], outside ? 1 : depth[r, c] + 1);
            }
        }

        for (var cell = 0; cell < height * width; cell++) depth[cell / width, cell % width] = int.MaxValue - 1;
        for (var cell = 0; cell < height * width; cell++) Relax(cell / width, cell % width, [(-1, -1), (-1, 0), (-1, 1), (0, -1)]);
        for (var cell = (height * width) - 1; cell >= 0; cell--) Relax(cell / width, cell % width, [(1, 1), (1, 0), (1, -1), (0, 1)]);
        return Enumerable.Range(0, height * width).GroupBy(cell => _classes[cell / width, cell % width]).OrderBy(group => group.Key)
            .Select(group => group.MaxBy(cell => depth[cell / width, cell % width]))
            .Where(cell => depth[cell / width, cell % width] >= least)
            .Select(cell => (_x[cell % width], _y[cell / width], _classes[cell / width, cell % width]));
    }

    private static double Spacing(double[] centres) => (centres[^1] - centres[0]) / (centres.Length - 1);
}
