using Goldilocks.Core;

namespace Goldilocks.Train.Tests;

/// <summary>Settings: what is refused and how, and that one configuration has one identity.</summary>
public sealed class RecipeTests
{
    private const string Default = """{"format":2,"parameters":{"accuracy_threshold":0.9,"batch":45,"checkpoints":"schedule","checkpoints_per_decade":10,"convention":"paper","decoder_lr":0.0001,"decoder_weight_decay":0,"depth":2,"embedding_dimension":1,"embedding_lr":0.001,"embedding_scale":1,"embedding_weight_decay":0,"grokking_gap":1000,"input":"sum","loss":"mse","operation":"add","output_dimension":30,"p":10,"pairs":"unordered","program":"toy","record_per_decade":150,"rng":"counter","rqi_threshold":0.95,"seed":0,"steps":5000,"stop":"never","targets":"random","train_samples":45,"width":200},"recipe":"toy-addition"}""";

    [Theory]
    [InlineData("sed=1", "Did you mean \"seed\"?")]
    [InlineData("decoder_learning_rate=1", "no such parameter")]
    [InlineData("rng=refrence", "Did you mean \"reference\"?")]
    [InlineData("loss=Mse", "mse | cross_entropy")]
    [InlineData("seed=-1", "integer in [0, 4294967295]")]
    [InlineData("seed=1.5", "integer in")]
    [InlineData("p=1", "[2, 1024]")]
    [InlineData("p=ten", "\"ten\" is not allowed")]
    [InlineData("steps=4,5", "integer in")]
    [InlineData("steps=", "\"\" is not allowed")]
    [InlineData("steps=99999999999999999999", "integer in")]
    [InlineData("width=0", "[1, 8192]")]
    [InlineData("decoder_lr=NaN", "number in [0, 100]")]
    [InlineData("decoder_lr=-1e-3", "number in [0, 100]")]
    [InlineData("decoder_lr=1e400", "number in [0, 100]")]
    [InlineData("decoder_lr=0,1", "number in [0, 100]")]
    [InlineData("train_samples=56", "p = 10 has 55 samples. Choose 1 to 55, or a larger p")]
    [InlineData("train_samples=0", "integer in [1,")]
    [InlineData("train_samples=101 pairs=ordered", "p = 10 has 100 samples (ordered pairs). Choose 1 to 100, or a larger p")]
    [InlineData("train_samples=56 operation=modular_add", "p = 10 has 55 samples. Choose 1 to 55, or a larger p")]
    [InlineData("targets=one_hot loss=cross_entropy", "one_hot targets are for loss = mse")]
    [InlineData("operation=modular_ad", "Did you mean \"modular_add\"?")]
    [InlineData("pairs=all", "unordered | ordered")]
    [InlineData("input=average", "sum | mean")]
    [InlineData("checkpoints=first", "schedule | last | none")]
    [InlineData("checkpoints_per_decade=0", "integer in [1, 1000]")]
    [InlineData("record_per_decade=-1", "integer in [0, 10000]")]
    [InlineData("stop=RQI", "never | thresholds | accuracy | rqi")]
    [InlineData("accuracy_threshold=0", "number in (0, 1]")]
    [InlineData("accuracy_threshold=1.01", "number in (0, 1]")]
    [InlineData("accuracy_threshold=1", "no accuracy exceeds 1. Choose less, such as 0.99, or convention = reference")]
    [InlineData("rqi_threshold=1", "number in [0, 1)")]
    [InlineData("grokking_gap=-1", "integer in [0,")]
    [InlineData("grokking_gap=10.5", "integer in [0,")]
    public void A_wrong_setting_is_one_line_that_says_what_is_allowed(string setting, string part)
    {
        var error = Assert.Throws<GoldilocksException>(() => Runs.Configure(setting.Split(' ')));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Contains(setting.Split('=')[0], error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(ExitCodes.Usage, error.ExitCode);
    }

    [Theory]
    [InlineData("group=s6", "\"s6\" is no group known here; expected s1..s5")]
    [InlineData("group=", "is no group known here")]
    [InlineData("group=c20xc20", "c20xc20 has 400 elements, more than 256")]
    [InlineData("group=01_11", "element 1 has no inverse")]
    [InlineData("train_samples=37", "group s3 has 36 samples (ordered pairs). Choose 1 to 36, or a larger group")]
    [InlineData("train_samples=24 group=c4", "group c4 has 16 samples")]
    [InlineData("embedding_dimension=65", "[1, 64]")]
    [InlineData("accuracy_threshold=1", "no accuracy exceeds 1")]
    [InlineData("p=10", "recipe toy-group has no such parameter")]
    public void So_it_is_for_groups(string setting, string part)
    {
        var error = Assert.Throws<GoldilocksException>(() => Runs.ConfigureGroup(setting.Split(' ')));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(setting.Split('=')[0], error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void An_unknown_recipe_is_refused_with_a_suggestion() =>
        Assert.Contains("Did you mean \"toy-addition\"?", Assert.Throws<GoldilocksException>(() => Recipe.Find("toy-adition")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_identity_is_the_hash_of_the_full_configuration_in_canonical_form()
    {
        var config = Runs.Configure();
        Assert.Equal(Default, config.Json);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Default))), config.Run);
        Assert.Equal(config.Run[..12], config.ShortRun);
    }

    [Fact]
    public void Order_and_spelling_do_not_change_the_identity()
    {
        var run = Runs.Configure("seed=7", "decoder_lr=1e-3").Run;
        foreach (var same in new string[][]
        {
            ["decoder_lr=1e-3", "seed=7"], ["seed=7", "decoder_lr=0.001"], ["seed=7.0", "decoder_lr=1E-03"], ["seed=+7", "decoder_lr=.001", "width=200"],
            ["seed=7", "decoder_lr=0.0010", "decoder_weight_decay=0.0", "loss=mse"], ["seed=7e0", "decoder_lr=1e-3", "decoder_weight_decay=-0"],
        })
        {
            Assert.Equal(run, Runs.Configure(same).Run);
        }

        foreach (var other in new[] { "seed=8", "decoder_lr=0.0010000001", "stop=thresholds", "checkpoints_per_decade=9" })
            Assert.NotEqual(run, Runs.Configure("seed=7", "decoder_lr=1e-3", other).Run);
    }

    [Fact]
    public void A_saved_configuration_reads_back()
    {
        var config = Runs.Configure("seed=4294967295", "decoder_lr=1e-7", "loss=cross_entropy", "embedding_scale=0.1");
        var again = Recipe.Parse(config.Json);
        Assert.Equal(config.Run, again.Run);
        Assert.Equal(config.Json, again.Json);
        foreach (var parameter in Recipe.Find(config.Recipe).Parameters) Assert.Equal(config[parameter.Name], again[parameter.Name]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("{\"format\":2}")]
    [InlineData("{\"format\":\"one\",\"recipe\":\"toy-addition\",\"parameters\":{}}")]
    [InlineData("{\"format\":2e99,\"recipe\":\"toy-addition\",\"parameters\":{}}")]
    [InlineData("{\"format\":1,\"recipe\":\"toy-addition\",\"parameters\":{}}")]
    [InlineData("{\"format\":2,\"recipe\":7,\"parameters\":{}}")]
    [InlineData("{\"format\":2,\"recipe\":\"toy-addition\",\"parameters\":[]}")]
    [InlineData("{\"format\":2,\"recipe\":\"toy-addition\",\"parameters\":{\"seed\":null}}")]
    [InlineData("{\"format\":2,\"recipe\":\"toy-addition\",\"parameters\":{\"seed\":[1]}}")]
    [InlineData("{\"format\":2,\"format\":2}")]
    public void Text_that_is_no_configuration_is_refused(string text) => Assert.Throws<GoldilocksException>(() => Recipe.Parse(text));

    [Fact]
    public void Counter_draws_depend_on_seed_and_purpose_only()
    {
        var small = Runs.Experiment(Runs.Configure("seed=3"));
        var wide = Runs.Experiment(Runs.Configure("seed=3", "width=50", "batch=20"));
        Assert.Equal(small.Split.Train, wide.Split.Train);
        Assert.Equal(small.Graph.Initializer("targets")!.AsFloats(), wide.Graph.Initializer("targets")!.AsFloats());
        Assert.Equal(small.Graph.Initializer("embedding.weight")!.AsFloats(), wide.Graph.Initializer("embedding.weight")!.AsFloats());
        Assert.NotEqual(small.Split.Train, Runs.Experiment(Runs.Configure("seed=4")).Split.Train);
    }

    [Theory]
    [InlineData("toy-addition", "rng=counter train_samples=54 batch=45")]
    [InlineData("toy-addition", "rng=reference train_samples=54 batch=45")]
    [InlineData("toy-addition", "rng=reference program=phase_diagram train_samples=54 batch=45")]
    [InlineData("toy-addition", "rng=reference program=phase_diagram loss=cross_entropy train_samples=54 batch=45")]
    [InlineData("toy-group", "rng=counter group=q8 train_samples=60 batch=45")]
    [InlineData("toy-group", "rng=reference group=q8 train_samples=60 batch=45")]
    [InlineData("toy-group", "rng=reference group=q8 train_samples=60 batch=45 loss=cross_entropy")]
    public void Batches_are_fresh_draws_without_replacement(string recipe, string settings)
    {
        var experiment = Runs.Experiment(Runs.Configure(recipe, settings.Split(' ')));
        Assert.Equal(45, experiment.Batch);
        var order = experiment.Split.Train.ToArray();
        var heads = new HashSet<string>();
        for (long step = 0; step < 50; step++)
        {
            experiment.Batches.Next(step, order);
            Assert.Equal(experiment.Split.Train.Order(), order.Order());
            heads.Add(string.Join(' ', order[..45]));
        }

        Assert.Equal(50, heads.Count);
    }

    [Theory]
    [InlineData("toy-addition", "program=phase_diagram")]
    [InlineData("toy-group", "group=s3")]
    public void A_full_batch_of_a_phase_diagram_is_the_training_set_as_it_was_drawn(string recipe, string setting)
    {
        var experiment = Runs.Experiment(Runs.Configure(recipe, ["rng=reference", "train_samples=24", "batch=24", setting]));
        var order = experiment.Split.Train.ToArray();
        experiment.Batches.Next(0, order);
        Assert.Equal(experiment.Split.Train, order);
    }

    [Fact]
    public void Initial_values_have_their_documented_ranges()
    {
        var graph = Runs.Experiment(Runs.Configure("embedding_scale=0.5", "embedding_dimension=40", "p=30")).Graph;
        AssertUniform("embedding.weight", 0.25);
        AssertUniform("decoder.0.weight", 1 / Math.Sqrt(40));
        AssertUniform("decoder.2.weight", 1 / Math.Sqrt(200));
        AssertUniform("decoder.2.bias", 1 / Math.Sqrt(200));

        // The largest of n ≥ 200 uniform values falls short of the bound by 1/n of its width on average; a tenth is far outside.
        void AssertUniform(string name, double bound)
        {
            var values = graph.Initializer(name)!.AsFloats().ToArray();
            Assert.InRange(values.Max(), 0.9 * bound, bound);
            Assert.InRange(values.Min(), -bound, -0.9 * bound);
        }
    }
}
