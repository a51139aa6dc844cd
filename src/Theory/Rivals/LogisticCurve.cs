using MathNet.Numerics.LinearAlgebra.Double;

namespace Goldilocks.Theory;

/// <summary>γ/(1 + e^(−α(t − b))) fitted by Levenberg and Marquardt's method in (γ, ln α, b), so that the rate stays positive.</summary>
/// <param name="Plateau">γ.</param>
/// <param name="LogRate">ln α.</param>
/// <param name="Midpoint">b.</param>
internal sealed record LogisticCurve(double Plateau, double LogRate, double Midpoint)
{
    private const int Parameters = 3;
    private const int MostSteps = 200;
    private const double FirstDamping = 1e-3;
    private const double DampingFactor = 8;
    private const double LargestDamping = 1e12;
    private const double Converged = 1e-13;

    /// <summary>The least-squares fit that descends from a rate and a midpoint, with the plateau that is best for them.</summary>
    /// <param name="times">t.</param>
    /// <param name="values">As many.</param>
    /// <param name="logRate">Start of ln α.</param>
    /// <param name="midpoint">Start of b.</param>
    /// <param name="largestLogRate">ln α stays below.</param>
    public static (LogisticCurve Curve, double Residual) Descend(double[] times, double[] values, double logRate, double midpoint, double largestLogRate)
    {
        var curve = new LogisticCurve(1, Math.Min(logRate, largestLogRate), midpoint);
        curve = curve with { Plateau = curve.BestPlateau(times, values) };
        var residual = curve.Residual(times, values);
        var damping = FirstDamping;
        for (var step = 0; step < MostSteps && damping < LargestDamping; step++)
        {
            var trial = curve.Step(times, values, damping);
            trial = trial with { LogRate = Math.Min(trial.LogRate, largestLogRate) };
            var next = trial.Residual(times, values);
            if (!(next < residual))
            {
                damping *= DampingFactor;
                continue;
            }

            var gain = (residual - next) / residual;
            (curve, residual, damping) = (trial, next, damping / DampingFactor);
            if (gain < Converged) break;
        }

        return (curve, residual);
    }

    private double At(double time) => 1 / (1 + Math.Exp(-Math.Exp(LogRate) * (time - Midpoint)));

    private double BestPlateau(double[] times, double[] values)
    {
        double products = 0, squares = 0;
        for (var i = 0; i < times.Length; i++)
        {
            var sigmoid = At(times[i]);
            products += sigmoid * values[i];
            squares += sigmoid * sigmoid;
        }

        return products / squares;
    }

    private double Residual(double[] times, double[] values)
    {
        double sum = 0;
        for (var i = 0; i < times.Length; i++) sum += Math.Pow(values[i] - (Plateau * At(times[i])), 2);
        return sum;
    }

    /// <summary>Solves (JᵀJ + μ diag JᵀJ) δ = Jᵀr.</summary>
    private LogisticCurve Step(double[] times, double[] values, double damping)
    {
        var (normal, right) = (new DenseMatrix(Parameters), new DenseVector(Parameters));
        Span<double> gradient = stackalloc double[Parameters];
        for (var i = 0; i < times.Length; i++)
        {
            var sigmoid = At(times[i]);
            var slope = Plateau * sigmoid * (1 - sigmoid) * Math.Exp(LogRate);
            (gradient[0], gradient[1], gradient[2]) = (sigmoid, slope * (times[i] - Midpoint), -slope);
            for (var r = 0; r < Parameters; r++)
            {
                right[r] += gradient[r] * (values[i] - (Plateau * sigmoid));
                for (var c = 0; c < Parameters; c++) normal[r, c] += gradient[r] * gradient[c];
            }
        }

        for (var r = 0; r < Parameters; r++) normal[r, r] *= 1 + damping;
        var change = normal.Solve(right);
        return new LogisticCurve(Plateau + change[0], LogRate + change[1], Midpoint + change[2]);
    }
}
