namespace Goldilocks.Report;

/// <summary>What is known of the measures: the account each belongs to, and its name, unit and meaning for readers.</summary>
internal static class RivalCatalog
{
    private const string Representation = "Representation (Liu et al.)";
    private const string TrainingSet = "Training set (Liu et al.)";
    private const string Fourier = "Fourier circuit (Nanda et al.)";
    private const string Norm = "Weight norm (Omnigrok)";
    private const string Hidden = "Hidden progress (Barak et al.)";
    private const string LastLayer = "Last layer (Thilak et al.)";
    private const string Sparsity = "Sparsity (Merrill et al.)";
    private const string Activity = "Active units";
    private const string Participation = "Inverse participation (Gromov)";
    private const string Traps = "Correlation traps";
    private const string Shadow = "Shadow knowledge";
    private const string Loss = "Loss";
    private const string Oscillations = "Loss oscillations (Notsawo et al.)";

    /// <summary>Account by account.</summary>
    public static IReadOnlyList<RivalMeasure> All { get; } =
    [
        new(Representation, "effective_dimension", "effective dimension", "", "exp of the entropy of the embedding's principal components", IsDrawn: true),
        new(Representation, "pca_entropy", "entropy of components", "nats", "entropy of the variances of the embedding's principal components"),
        .. Enumerable.Range(1, 3).Select(i => new RivalMeasure(Representation, $"explained_variance_{i}", $"explained variance {i}", "fraction", "share of the embedding's variance in one principal component")),
        new(Representation, "circularity", "circularity", "fraction", "largest share of the embedding's variance in one Fourier frequency", IsDrawn: true),
        new(Representation, "rqi", "RQI", "fraction", "share of all parallelograms that the embedding forms", IsDrawn: true),
        new(Representation, "predicted_accuracy", "predicted accuracy", "fraction", "share of all samples that these parallelograms answer"),
        new(TrainingSet, "ideal_rqi", "ideal RQI", "fraction", "share of all parallelograms that the training samples imply"),
        new(TrainingSet, "ideal_accuracy", "ideal accuracy", "fraction", "share of all samples that these answer"),
        new(TrainingSet, "nullity", "nullity", "dimensions", "freedom that the training samples leave to the embedding"),
        new(TrainingSet, "permissible_parallelograms", "permissible parallelograms", "", "parallelograms between training samples"),
        new(Fourier, "embedding_gini", "Gini, embedding", "", "Gini coefficient of the embedding's norms over Fourier frequencies: towards 1, few frequencies", IsDrawn: true),
        new(Fourier, "logit_map_gini", "Gini, logit map", "", "the same of the weights from hidden units to logits"),
        new(Fourier, "key_frequencies", "key frequencies", "", "number of frequencies that lead some hidden unit"),
        new(Fourier, "key_units", "units with a frequency", "fraction", "share of hidden units that one frequency leads"),
        new(Fourier, "unit_frequency_share", "unit frequency share", "fraction", "mean share of a hidden unit's variance in its leading frequency"),
        new(Fourier, "restricted_loss", "restricted loss", "nats", "validation loss of the logits reduced to the key frequencies of the run's last checkpoint", IsDrawn: true, IsLogarithmic: true),
        new(Fourier, "excluded_loss", "excluded loss", "nats", "training loss of the logits without the key frequencies of the run's last checkpoint", IsDrawn: true, IsLogarithmic: true),
        new(Fourier, "trigonometric_share", "trigonometric share", "fraction", "share of the logits' variance that cosines of a + b − c explain", IsDrawn: true),
        new(Fourier, "trigonometric_coefficient", "largest cosine", "logits", "largest coefficient of such a cosine"),
        new(Norm, "weight_norm", "weight norm", "Euclidean", "norm of all parameters", IsDrawn: true),
        new(Norm, "weight_norm_ratio", "weight norm ratio", "", "the same divided by that of the first checkpoint"),
        new(Norm, "embedding_norm", "embedding norm", "Frobenius", "norm of the embedding"),
        new(Hidden, "largest_weight_change", "largest weight change", "absolute", "largest change of a parameter since the first checkpoint", IsDrawn: true),
        new(LastLayer, "last_layer_norm", "last layer's norm", "Frobenius", "norm of the weights that give the logits", IsDrawn: true),
        new(LastLayer, "feature_change", "feature change", "relative", "change of the hidden activations since the checkpoint before", IsLogarithmic: true),
        new(Sparsity, "active_units", "sub-network's size", "units", "fewest hidden units that keep the training accuracy", IsDrawn: true),
        new(Sparsity, "subnetwork_accuracy", "sub-network's accuracy", "fraction", "validation accuracy of these alone"),
        new(Activity, "active_share", "share of active units", "fraction", "share of hidden activations above 0.01 in magnitude", IsDrawn: true),
        new(Participation, "participation_ratio", "participation ratio", "", "inverse participation ratio of the units' responses over frequencies: 1/2 for a single one", IsDrawn: true),
        new(Traps, "correlation_traps", "correlation traps", "count", "outlying eigenvalues of the weight matrices after their entries are shuffled", IsDrawn: true),
        new(Traps, "spectral_exponent", "spectral exponent", "", "mean exponent of the power law in the tail of the weight matrices' spectra"),
        new(Shadow, "shadow_knowledge", "shadow knowledge", "fraction", "validation accuracy of a linear probe on the hidden layer minus the model's own", IsDrawn: true),
        new(Shadow, "probe_accuracy", "probe accuracy", "fraction", "validation accuracy of that probe"),
        new(Loss, "validation_loss", "validation loss", "nats", "mean cross-entropy over the samples kept back", IsDrawn: true, IsLogarithmic: true),
        new(Loss, "train_loss", "training loss", "nats", "mean cross-entropy over the training samples", IsLogarithmic: true),
        new(Oscillations, "hjorth_activity", "Hjorth activity", "", "variance of the first training losses, detrended"),
        new(Oscillations, "hjorth_mobility", "Hjorth mobility", "per step", "their mobility"),
        new(Oscillations, "hjorth_complexity", "Hjorth complexity", "", "their complexity"),
    ];

    private static readonly Dictionary<string, RivalMeasure> Known = All.ToDictionary(measure => measure.Column, StringComparer.Ordinal);

    /// <summary>The measure of a column; one that is not known here is called as in its table.</summary>
    public static RivalMeasure Of(string column, string account) => Known.GetValueOrDefault(column) ?? new RivalMeasure(account, column, column.Replace('_', ' '), "", column);
}
