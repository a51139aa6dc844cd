namespace Goldilocks.Numerics.Tests;

public sealed unsafe class KernelTransposeTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 9)]
    [InlineData(8, 8)]
    [InlineData(16, 7)]
    [InlineData(17, 33)]
    [InlineData(55, 200)]
    [InlineData(200, 45)]
    public void Every_element_moves_and_padding_is_left_alone(int rows, int columns)
    {
        using var source = new KernelMatrix(rows, columns).Fill(1);
        using var destination = new KernelMatrix(columns, rows);
        destination.Span.Fill(-7);
        Transpose.Run(source.Data, rows, columns, source.Stride, destination.Data, destination.Stride);
        for (var c = 0; c < columns; c++)
            for (var r = 0; r < destination.Stride; r++) Assert.Equal(r < rows ? source[r, c] : -7, destination[c, r]);
    }
}
