using System.Security.Cryptography;
using Goldilocks.Core;

namespace Goldilocks.Data;

/// <summary>Images with labels, training and test images apart, as MNIST is published: four IDX files in a folder. Immutable.</summary>
public sealed class ImageData
{
    private readonly IdxFile _trainImages;
    private readonly IdxFile _trainLabels;
    private readonly IdxFile _testImages;
    private readonly IdxFile _testLabels;

    private readonly Lazy<string> _hash;

    private ImageData(IdxFile trainImages, IdxFile trainLabels, IdxFile testImages, IdxFile testLabels)
    {
        (_trainImages, _trainLabels, _testImages, _testLabels) = (trainImages, trainLabels, testImages, testLabels);
        _hash = new Lazy<string>(() =>
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var file in new[] { trainImages, trainLabels, testImages, testLabels }) hash.AppendData(file.Bytes);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        });
    }

    /// <summary>The four files' names; each may have the suffix <c>.gz</c>.</summary>
    public static IReadOnlyList<string> FileNames { get; } = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    /// <summary>Training images there are.</summary>
    public int TrainCount => _trainImages.Shape[0];

    /// <summary>Test images there are.</summary>
    public int TestCount => _testImages.Shape[0];

    /// <summary>Pixels of an image.</summary>
    public int Pixels => _trainImages.Shape[1] * _trainImages.Shape[2];

    /// <summary>Number of classes: the largest label and those below it.</summary>
    public int Classes => 1 + Math.Max(_trainLabels.Bytes.Max(), _testLabels.Bytes.Max());

    /// <summary>The class of each training image.</summary>
    public ReadOnlySpan<byte> TrainLabels => _trainLabels.Bytes;

    /// <summary>The class of each test image.</summary>
    public ReadOnlySpan<byte> TestLabels => _testLabels.Bytes;

    /// <summary>SHA-256 of all images and labels, 64 hexadecimal digits.</summary>
    public string Hash => _hash.Value;

    /// <summary>Reads the four files.</summary>
    /// <param name="data">A folder, or a name that <see cref="DataFolder"/> knows.</param>
    /// <exception cref="GoldilocksException">A file is missing or damaged, or they do not belong together.</exception>
    public static ImageData Load(string data)
    {
        var folder = DataFolder.Find(data);
        var (trainImages, trainLabels, testImages, testLabels) = (Read(folder, 0, 3), Read(folder, 1, 1), Read(folder, 2, 3), Read(folder, 3, 1));
        if (trainImages.Shape[0] != trainLabels.Shape[0]) throw Mismatch(folder, $"{trainImages.Shape[0]} training images have {trainLabels.Shape[0]} labels");
        if (testImages.Shape[0] != testLabels.Shape[0]) throw Mismatch(folder, $"{testImages.Shape[0]} test images have {testLabels.Shape[0]} labels");
        if (!trainImages.Shape.Skip(1).SequenceEqual(testImages.Shape.Skip(1)))
            throw Mismatch(folder, $"training images have {trainImages.Shape[1]} x {trainImages.Shape[2]} pixels, test images {testImages.Shape[1]} x {testImages.Shape[2]}");
        return new ImageData(trainImages, trainLabels, testImages, testLabels);
    }

    /// <summary>The bytes of a training image, row by row; 255 is white.</summary>
    public ReadOnlySpan<byte> TrainImage(int image) => _trainImages.Bytes.AsSpan(image * Pixels, Pixels);

    /// <summary>The bytes of a test image.</summary>
    public ReadOnlySpan<byte> TestImage(int image) => _testImages.Bytes.AsSpan(image * Pixels, Pixels);

    private static IdxFile Read(string folder, int file, int rank)
    {
        var plain = Path.Combine(folder, FileNames[file]);
        foreach (var path in new[] { plain, plain + ".gz" })
            if (File.Exists(path)) return IdxFile.Read(path, rank);
        throw new GoldilocksException($"{folder}: lacks {FileNames[file]} (or {FileNames[file]}.gz); expected the four IDX files {string.Join(", ", FileNames)}.");
    }

    private static GoldilocksException Mismatch(string folder, string what) => new($"{folder}: {what}; the four files do not belong together.");
}
