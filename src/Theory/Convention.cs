namespace Goldilocks.Theory;

/// <summary>Whose definitions apply where the paper and its authors' code differ. Every output names the one it used.</summary>
public enum Convention
{
    /// <summary>The paper's text. The default.</summary>
    Paper,

    /// <summary>The authors' released code, for replays of their stored results.</summary>
    Reference,
}
