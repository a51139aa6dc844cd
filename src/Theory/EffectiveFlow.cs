namespace Goldilocks.Theory;

/// <summary>Which dynamics of the effective theory.</summary>
public enum EffectiveFlow
{
    /// <summary>The gradient flow dẼ/dt = -∂ℓ_eff/∂Ẽ (eq. 4), the derivative of Z0 included: it keeps Z0.</summary>
    Full,

    /// <summary>The paper's linear form dR/dt = -H·R with H at the initial Z0: it shrinks.</summary>
    Linear,
}
