namespace Goldilocks.Numerics.Tests;

/// <summary>Elementwise functions against their definitions, at every width.</summary>
public sealed unsafe class KernelElementwiseTests
{
    private const int Count = 208;

    private static readonly float[] Special = [0f, -0f, 1f, -1f, float.Epsilon, -float.Epsilon, 1e-30f, 3e38f, -3e38f, float.PositiveInfinity, float.NegativeInfinity];

    private delegate void Kernel(float* x, float* y, float* z, long count, InstructionSet set);

    [Fact]
    public void Add_is_the_definition() => Check(Elementwise.Add, (x, y, _) => x + y);

    [Fact]
    public void Subtract_is_the_definition() => Check(Elementwise.Subtract, (x, y, _) => x - y);

    [Fact]
    public void Multiply_is_the_definition() => Check(Elementwise.Multiply, (x, y, _) => x * y);

    [Fact]
    public void MultiplyAdd_rounds_once() => Check(Elementwise.MultiplyAdd, MathF.FusedMultiplyAdd);

    [Fact]
    public void Relu_is_the_definition() => Check((x, _, z, n, set) => Elementwise.Relu(x, z, n, set), (x, _, _) => x < 0 ? 0 : x);

    [Fact]
    public void Relu_lets_what_is_not_a_number_through()
    {
        foreach (var set in KernelSets.All)
        {
            using var x = new KernelMatrix(1, Count, Count).Fill(1);
            x.Data[3] = float.NaN;
            Elementwise.Relu(x.Data, x.Data, Count, set);
            Assert.True(float.IsNaN(x.Data[3]), $"{set}: relu(NaN) is {x.Data[3]}; a diverged run would look sane.");
        }
    }

    [Fact]
    public void ReluGradient_passes_where_the_output_is_positive() => Check(Elementwise.ReluGradient, (x, y, _) => x > 0 ? y : 0);

    [Fact]
    public void Scale_is_the_definition() => Check((x, _, z, n, set) => Elementwise.Scale(x, -0.3f, z, n, set), (x, _, _) => -0.3f * x);

    [Fact]
    public void TanhGradient_is_the_definition() => Check(Elementwise.TanhGradient, (y, g, _) => g * MathF.FusedMultiplyAdd(-y, y, 1));

    [Fact]
    public void Activate_works_in_place_and_None_does_nothing()
    {
        foreach (var set in KernelSets.All)
        {
            using var x = new KernelMatrix(1, Count, Count).Fill(1);
            using var none = x.Copy();
            using var relu = x.Copy();
            using var tanh = x.Copy();
            using var expected = x.Copy();
            Elementwise.Activate(GemmTail.None, none.Data, Count, set);
            x.AssertSameBits(none, $"{set} None");
            Elementwise.Activate(GemmTail.Relu, relu.Data, Count, set);
            Elementwise.Relu(x.Data, expected.Data, Count, set);
            expected.AssertSameBits(relu, $"{set} Relu");
            Elementwise.Activate(GemmTail.Tanh, tanh.Data, Count, set);
            Elementwise.Tanh(x.Data, expected.Data, Count, set);
            expected.AssertSameBits(tanh, $"{set} Tanh");
            Assert.NotEqual(x[0, 0], tanh[0, 0]);
        }
    }

    private static void Check(Kernel kernel, Func<float, float, float, float> definition)
    {
        foreach (var set in KernelSets.All)
        {
            using var x = new KernelMatrix(1, Count, Count).Fill(1);
            using var y = new KernelMatrix(1, Count, Count).Fill(2);
            using var z = new KernelMatrix(1, Count, Count).Fill(3);
            for (var i = 0; i < Special.Length * Special.Length; i++) (x[0, i], y[0, i]) = (Special[i / Special.Length], Special[i % Special.Length]);
            using var expected = z.Copy();
            for (var i = 0; i < Count; i++) expected[0, i] = definition(x[0, i], y[0, i], z[0, i]);
            kernel(x.Data, y.Data, z.Data, Count, set);
            for (var i = 0; i < Count; i++)
            {
                var same = BitConverter.SingleToInt32Bits(expected[0, i]) == BitConverter.SingleToInt32Bits(z[0, i]) || (float.IsNaN(expected[0, i]) && float.IsNaN(z[0, i]));
                Assert.True(same, $"{set} at x = {x[0, i]:R}, y = {y[0, i]:R}: expected {expected[0, i]:R}, found {z[0, i]:R}");
            }
        }
    }
}
