using System.Diagnostics;

namespace Goldilocks.Data;

/// <summary>Labelled grey images of one size, kept as the bytes of their file. Immutable and thread-safe.</summary>
public sealed class ImageSet
{
    private static readonly float[] Intensities = [.. Enumerable.Range(0, 256).Select(value => value / 255f)];

    private readonly byte[] _images;
    private readonly byte[] _labels;

    /// <summary>Images and their classes; the arrays are kept, not copied.</summary>
    /// <param name="images">[N, rows·columns].</param>
    /// <param name="labels">[N], N at least 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public ImageSet(byte[] images, byte[] labels)
    {
        if (labels.Length == 0 || images.Length == 0 || images.Length % labels.Length != 0) throw new ArgumentException($"{images.Length} pixels cannot be those of {labels.Length} images", nameof(images));
        (_images, _labels, Pixels) = (images, labels, images.Length / labels.Length);
    }

    /// <summary>N, the number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>Rows·columns, the values of an image.</summary>
    public int Pixels { get; }

    /// <summary>The pixels [N, <see cref="Pixels"/>], 0..255, an image after the other, row by row.</summary>
    public ReadOnlySpan<byte> Images => _images;

    /// <summary>The class of each image [N].</summary>
    public ReadOnlySpan<byte> Labels => _labels;

    /// <summary>Writes image <paramref name="index"/> as intensities, its bytes divided by 255.</summary>
    /// <param name="index">0..N-1.</param>
    /// <param name="destination">[<see cref="Pixels"/>], in [0, 1].</param>
    public unsafe void CopyImage(int index, float* destination)
    {
        Debug.Assert((uint)index < (uint)Count);
        var image = _images.AsSpan(index * Pixels, Pixels);
        for (var k = 0; k < image.Length; k++) destination[k] = Intensities[image[k]];
    }
}
