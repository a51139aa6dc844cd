using Goldilocks.Core;

namespace Goldilocks.Data;

/// <summary>The file names of data sets of the MNIST kind. A file may end in <c>.gz</c> and may have <c>.idx</c> for <c>-idx</c>.</summary>
internal static class ImageFiles
{
    public const string TrainImages = "train-images-idx3-ubyte";

    public const string TrainLabels = "train-labels-idx1-ubyte";

    public const string TestImages = "t10k-images-idx3-ubyte";

    public const string TestLabels = "t10k-labels-idx1-ubyte";

    /// <summary>The path of a file under any of its names; null when it is missing.</summary>
    public static string? Find(string folder, string name)
    {
        var dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        return Array.Find(Array.ConvertAll([name, dotted, $"{name}.gz", $"{dotted}.gz"], variant => Path.Combine(folder, variant)), File.Exists);
    }

    /// <summary>As <see cref="Find"/>.</summary>
    /// <exception cref="GoldilocksException">It is missing.</exception>
    public static string Require(string folder, string name) =>
        Find(folder, name) ?? throw new GoldilocksException($"{folder} lacks {name} (plain or .gz). \"goldilocks data mnist\" fetches MNIST's four files.");
}
