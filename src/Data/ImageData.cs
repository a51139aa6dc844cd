using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Goldilocks.Core;

namespace Goldilocks.Data;

/// <summary>Training and test images of the MNIST kind (§4.3, appendix J).</summary>
public sealed class ImageData
{
    private readonly Lazy<string> _hash;

    private ImageData(int rows, int columns, ImageSet train, ImageSet test)
    {
        _hash = new Lazy<string>(() =>
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var set in new[] { train, test })
            {
                hash.AppendData(MemoryMarshal.AsBytes<int>([set.Count, rows, columns]));
                hash.AppendData(set.Images);
                hash.AppendData(set.Labels);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        });
        Rows = rows;
        Columns = columns;
        Train = train;
        Test = test;
        Classes = 1 + Math.Max(Largest(train.Labels), Largest(test.Labels));
    }

    /// <summary>Height of an image, 28 for MNIST.</summary>
    public int Rows { get; }

    /// <summary>Width of an image, 28 for MNIST.</summary>
    public int Columns { get; }

    /// <summary>C, one more than the largest label; 10 for MNIST.</summary>
    public int Classes { get; }

    /// <summary>The images to learn from, in the file's order; 60,000 for MNIST.</summary>
    public ImageSet Train { get; }

    /// <summary>The images to validate with; 10,000 for MNIST.</summary>
    public ImageSet Test { get; }

    /// <summary>SHA-256 of both sets, each its count, height and width (INT32, little-endian), images and labels; 64 hexadecimal digits.</summary>
    public string Hash => _hash.Value;

    /// <summary>Reads the four files of a folder, named as MNIST's (<see cref="ImageFiles"/>).</summary>
    /// <exception cref="GoldilocksException">A file is missing or broken, or they do not fit together.</exception>
    public static ImageData Load(string folder)
    {
        var (train, shape) = Read(folder, ImageFiles.TrainImages, ImageFiles.TrainLabels);
        var (test, other) = Read(folder, ImageFiles.TestImages, ImageFiles.TestLabels);
        return shape == other ? new ImageData(shape.Rows, shape.Columns, train, test)
            : throw new GoldilocksException($"{folder}: training images are {shape.Rows} x {shape.Columns}, test images {other.Rows} x {other.Columns}; they must be of one size.");
    }

    private static (ImageSet Set, (int Rows, int Columns) Shape) Read(string folder, string imageFile, string labelFile)
    {
        var images = IdxFile.Read(ImageFiles.Require(folder, imageFile), rank: 3);
        var labels = IdxFile.Read(ImageFiles.Require(folder, labelFile), rank: 1);
        if (images.Shape[0] != labels.Shape[0]) throw new GoldilocksException($"{folder}: {imageFile} has {images.Shape[0]} images, {labelFile} {labels.Shape[0]} labels; they must be as many.");
        if (images.Values.Length == 0) throw new GoldilocksException($"{folder}: {imageFile} holds no pixel.");
        return (new ImageSet(images.Values, labels.Values), (images.Shape[1], images.Shape[2]));
    }

    private static int Largest(ReadOnlySpan<byte> labels)
    {
        var largest = 0;
        foreach (var label in labels) largest = Math.Max(largest, label);
        return largest;
    }
}
