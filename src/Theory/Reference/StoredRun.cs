namespace Goldilocks.Theory;

/// <summary>A run behind Figures 3 and 4 (b) as the authors' code produced it: toy addition, p = 10, their default hyperparameters.</summary>
/// <param name="TrainSamples">|D|.</param>
/// <param name="Seed">Seed of both reference generators.</param>
/// <param name="Accuracy">Over all of D0 after 5000 steps, four decimals.</param>
/// <param name="PredictedAccuracy">Acc^ after 5000 steps, four decimals.</param>
/// <param name="IdealAccuracy">What the training set implies, four decimals.</param>
/// <param name="Nullity">Of A(P0(D)).</param>
/// <param name="PermissibleParallelograms">|P0(D)|.</param>
/// <param name="ThirdEigenvalue">Third smallest eigenvalue of AᵀA over P0(D), three decimals.</param>
/// <param name="RqiStep">First of 10,000 steps with RQI above 0.95; null: never.</param>
public sealed record StoredRun(
    int TrainSamples, long Seed, double Accuracy, double PredictedAccuracy, double IdealAccuracy, int Nullity, long PermissibleParallelograms, double ThirdEigenvalue, long? RqiStep);
