using System.Globalization;
using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Native;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>Which pairs were trained on, from a table with the columns a, b and perhaps split. Thread-safe.</summary>
internal sealed class SplitFile
{
    private const int MostRows = 1 << 20;

    private const string TrainWord = "train", ValidationWord = "validation";

    private readonly string _path;
    private readonly long[] _first;
    private readonly long[] _second;
    private readonly string?[]? _split;
    private readonly BoundedCache<string> _indices = new(16);

    private SplitFile(string path, QueryResult table)
    {
        _path = path;
        (_first, _second) = (table["a"].ToIntegers(), table["b"].ToIntegers());
        if (table.Columns.Count > 2) _split = table["split"].ToTexts();
        if (_first.Length > MostRows) throw new GoldilocksException($"more than {MostRows} rows.");
        if (_split is not null && Array.FindIndex(_split, word => word is not (TrainWord or ValidationWord)) is >= 0 and var row)
            throw new GoldilocksException($"row {row + 1} has the split {InputFile.Quote(_split[row] ?? "")}; allowed: {TrainWord}, {ValidationWord}.");
    }

    /// <summary>Reads a table.</summary>
    /// <param name="path">A <c>.csv</c> file with a header, or a <c>.parquet</c> file.</param>
    /// <exception cref="GoldilocksException">No such file, or no such table in it.</exception>
    public static SplitFile Read(string path)
    {
        if (!File.Exists(path)) throw new GoldilocksException($"--split {path}: no such file; expected a .csv or .parquet table with the columns a, b and split, or the a, b of the training pairs.");
        var literal = SqlText.Literal(Path.GetFullPath(path));
        var source = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".PARQUET" => $"read_parquet({literal})",
            ".CSV" => $"read_csv({literal}, header = true)",
            _ => throw new GoldilocksException($"--split {path}: is neither .csv nor .parquet."),
        };
        using var engine = new QueryEngine(threads: 1);
        QueryResult Ask(string columns, int rows)
        {
            try
            {
                return engine.Query($"SELECT {columns} FROM {source} LIMIT {rows}");
            }
            catch (GoldilocksException e)
            {
                throw new GoldilocksException($"--split {path}: cannot be read as a table: {InputFile.Quote(e.Message)}.", ExitCodes.Usage, e);
            }
        }

        var names = Ask("*", 0).Columns.Select(column => column.Name.ToUpperInvariant()).ToHashSet();
        if (!names.Contains("A") || !names.Contains("B")) throw new GoldilocksException($"--split {path}: has no columns a and b; expected a, b and split, or the a, b of the training pairs.");
        try
        {
            return new SplitFile(path, Ask(names.Contains("SPLIT") ? "a, b, CAST(split AS VARCHAR) AS split" : "a, b", MostRows + 1));
        }
        catch (GoldilocksException e) when (!e.Message.StartsWith("--split", StringComparison.Ordinal))
        {
            throw new GoldilocksException($"--split {path}: {e.Message}", ExitCodes.Usage, e);
        }
    }

    /// <summary>The training samples as metadata hold them: canonical indices in the table's order.</summary>
    /// <exception cref="GoldilocksException">A pair is none of the task's, or stands there twice; or a pair is in neither part.</exception>
    public string TrainSamples(SampleSet samples) => _indices.Get($"{samples.Operation}/{samples.Symbols}/{samples.Ordered}", () => Indices(samples));

    private string Indices(SampleSet samples)
    {
        var seen = new bool[samples.Count];
        var train = new List<int>(_first.Length);
        for (var row = 0; row < _first.Length; row++)
        {
            var sample = IndexOf(samples, row);
            if (seen[sample]) throw Refuse(row, "stands there twice");
            seen[sample] = true;
            if (_split is null || _split[row] == TrainWord) train.Add(sample);
        }

        if (_split is not null && _first.Length != samples.Count)
            throw new GoldilocksException($"--split {_path}: has {_first.Length} of the task's {samples.Count} pairs; list each with its split, or the training pairs alone without the column split.");
        return string.Join(' ', train.Select(sample => sample.ToString(CultureInfo.InvariantCulture)));
    }

    private int IndexOf(SampleSet samples, int row)
    {
        try
        {
            return samples.IndexOf(checked((int)_first[row]), checked((int)_second[row]));
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw Refuse(row, $"is no sample of {samples.Operation} over the symbols 0..{samples.Symbols - 1}");
        }
    }

    private GoldilocksException Refuse(int row, string problem) => new($"--split {_path}: row {row + 1}, the pair ({_first[row]}, {_second[row]}), {problem}.");
}
