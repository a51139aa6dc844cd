namespace Goldilocks.Train;

/// <summary>What a toy model's outputs are drawn towards.</summary>
internal enum ToyTargets
{
    /// <summary>Nothing: outputs are class scores.</summary>
    None,

    /// <summary>A fixed random vector per class.</summary>
    Random,

    /// <summary>The class's one-hot vector.</summary>
    OneHot,
}
