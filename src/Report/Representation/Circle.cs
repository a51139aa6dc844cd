namespace Goldilocks.Report;

/// <summary>The order of p symbols on the circle of one frequency: symbol x lies at the angle 2πkx/p.</summary>
/// <param name="Frequency">k, 1..p/2.</param>
/// <param name="Symbols">p.</param>
internal sealed record Circle(int Frequency, int Symbols)
{
    /// <summary>Where a symbol lies, in p-ths of the way round.</summary>
    public int Place(int symbol) => (int)((long)Frequency * symbol % Symbols);

    /// <summary>The stride x → x + k⁻¹ mod p that leads to the next symbol on the circle, or null where k and p share a divisor, so that symbols coincide.</summary>
    public int? Stride => Enumerable.Range(1, Symbols - 1).Where(stride => Place(stride) == 1).Select(stride => (int?)stride).FirstOrDefault();

    /// <summary>All symbols in their order round the circle, the first of them again at the end; empty where symbols coincide.</summary>
    public int[] Path => Stride is { } stride ? [.. Enumerable.Range(0, Symbols + 1).Select(i => (int)((long)i * stride % Symbols))] : [];

    /// <summary>Share of the variance in this frequency that an embedding without any order has on average: one in (p − 1)/2, and half of that for k = p/2.</summary>
    public double Chance => (2 * Frequency == Symbols ? 1.0 : 2.0) / (Symbols - 1);

    /// <summary>
    /// The share of the variance of coordinates in this frequency: squared length of the projection on the cosine and sine of 2πkx/p, divided by that of
    /// the centred coordinates; NaN without variance.
    /// </summary>
    /// <param name="history">Coordinates.</param>
    /// <param name="index">Index into its steps.</param>
    public double Share(EmbeddingHistory history, int index)
    {
        double found = 0, all = 0;
        for (var component = 0; component < history.Dimension; component++)
        {
            var values = Enumerable.Range(0, Symbols).Select(symbol => history.Value(index, symbol, component)).ToArray();
            var mean = values.Average();
            double cosine = 0, sine = 0;
            for (var symbol = 0; symbol < Symbols; symbol++)
            {
                var (s, c) = Math.SinCos(2 * Math.PI * Place(symbol) / Symbols);
                cosine += c * (values[symbol] - mean);
                sine += s * (values[symbol] - mean);
                all += (values[symbol] - mean) * (values[symbol] - mean);
            }

            found += 2 * Frequency == Symbols ? cosine * cosine / Symbols : ((cosine * cosine) + (sine * sine)) * 2 / Symbols;
        }

        return all > 0 ? found / all : double.NaN;
    }
}
