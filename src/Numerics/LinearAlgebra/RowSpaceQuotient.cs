namespace Goldilocks.Numerics.LinearAlgebra;

/// <summary>
/// Coordinates of the unit vectors modulo the row space of an <see cref="ExactRank"/>. An integer combination of unit vectors lies in
/// the rational row space exactly when the same combination of their images vanishes, coordinate by coordinate modulo
/// <see cref="Moduli"/> (for combinations within the norm declared to the rank).
/// </summary>
public sealed class RowSpaceQuotient
{
    private readonly uint[] _images;

    internal RowSpaceQuotient(int columns, int rank, ModularEchelon[] echelons)
    {
        var faithful = Array.FindAll(echelons, echelon => echelon.Rank == rank);
        var free = columns - rank;
        Width = free * faithful.Length;
        Moduli = new uint[Width];
        _images = new uint[columns * Width];
        var unit = new int[columns];
        for (var e = 0; e < faithful.Length; e++)
        {
            var isPivot = new bool[columns];
            foreach (var pivot in faithful[e].Pivots) isPivot[pivot] = true;
            Array.Fill(Moduli, faithful[e].Prime, e * free, free);
            for (var symbol = 0; symbol < columns; symbol++)
            {
                unit[symbol] = 1;
                var residual = faithful[e].Residual(unit);
                unit[symbol] = 0;
                var target = (symbol * Width) + (e * free);
                for (var k = 0; k < columns; k++)
                {
                    if (!isPivot[k]) _images[target++] = residual[k];
                }
            }
        }
    }

    /// <summary>Number of coordinates: nullity times the primes in use.</summary>
    public int Width { get; }

    /// <summary>The modulus of every coordinate; each below 2^31, so that two residues add without overflow.</summary>
    public uint[] Moduli { get; }

    /// <summary>The image of unit vector <paramref name="column"/>; length <see cref="Width"/>.</summary>
    public ReadOnlySpan<uint> Image(int column) => _images.AsSpan(column * Width, Width);
}
