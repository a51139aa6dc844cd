using System.Globalization;
using Goldilocks.Data;
using Goldilocks.Graph.Compile;

namespace Goldilocks.Train;

/// <summary>The first images of a data set: training images are trained on, test images validate. Inputs <c>image</c> FLOAT [B, pixels], values in [0, 1], and <c>label</c> INT64 [B].</summary>
public sealed class ImageTask : TaskData
{
    private readonly string _data;
    private readonly ImageData _images;

    /// <param name="data">The setting that names the data set.</param>
    /// <param name="images">The data set.</param>
    /// <param name="train">Training images, at most as many as there are.</param>
    /// <param name="validation">Test images, at most as many as there are.</param>
    public ImageTask(string data, ImageData images, int train, int validation)
    {
        (_data, _images) = (data, images);
        Train = [.. Enumerable.Range(0, train)];
        Validation = [.. Enumerable.Range(train, validation)];
        Labels = [.. images.Train.Labels[..train].ToArray().Concat(images.Test.Labels[..validation].ToArray()).Select(label => (int)label)];
    }

    public override string Task => "digits";

    public override int Count => Labels.Length;

    public override int Classes => _images.Classes;

    public override int[] Labels { get; }

    public override int[] Train { get; }

    public override int[] Validation { get; }

    public override IEnumerable<KeyValuePair<string, string>> Metadata =>
    [
        new("data", _data),
        new("data_hash", _images.Hash),
        new("train_images", Train.Length.ToString(CultureInfo.InvariantCulture)),
        new("validation_images", Validation.Length.ToString(CultureInfo.InvariantCulture)),
    ];

    public override unsafe void Feed(CompiledModel plan, ReadOnlySpan<int> samples)
    {
        var image = plan.Value("image");
        for (var r = 0; r < samples.Length; r++)
        {
            var row = (float*)image.Data + ((long)r * image.Stride);
            if (samples[r] < Train.Length) _images.Train.CopyImage(samples[r], row);
            else _images.Test.CopyImage(samples[r] - Train.Length, row);
        }

        var label = plan.Indices("label");
        for (var r = 0; r < samples.Length; r++) label[r] = Labels[samples[r]];
    }
}
