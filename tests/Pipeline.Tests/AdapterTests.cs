using Goldilocks.Core;

namespace Goldilocks.Pipeline.Tests;

/// <summary>What the rooms' stages accept, checked before anything runs.</summary>
public sealed class AdapterTests
{
    [Theory]
    [InlineData("fig3", null)]
    [InlineData("fig33", "p.yml:4: figure: there is no page for \"fig33\". Did you mean \"fig3\"?")]
    [InlineData("[fig3]", "p.yml:4: figure must be a single value, not a list.")]
    public void A_report_knows_its_figures(string figure, string? error) => Check(new ReportAdapter(), $"figure: {figure}", error);

    [Theory]
    [InlineData("trajectories: true", null)]
    [InlineData("trajectories: maybe", "p.yml:4: trajectories must be true or false, not \"maybe\".")]
    [InlineData("p: 2", "p.yml:4: p must be a whole number from 3 to 64, not \"2\".")]
    [InlineData("critical_draws: -1", "p.yml:4: critical_draws must be a whole number from 0 to 10000000, not \"-1\".")]
    [InlineData("rate_drws: 5", "p.yml:4: unknown key \"rate_drws\". Did you mean \"rate_draws\"?")]
    public void The_theory_stage_checks_its_settings(string setting, string? error) => Check(new TheoryAdapter(), setting, error);

    [Theory]
    [InlineData("decoder_map: 160", null)]
    [InlineData("decoder_map: 2001", "p.yml:4: decoder_map must be a whole number from 0 to 2000, not \"2001\".")]
    public void The_analysis_checks_its_settings(string setting, string? error) => Check(new AnalyzeAdapter(), setting, error);

    private static void Check(IStage stage, string setting, string? error)
    {
        var settings = PipelineFile.Parse($"pipelines:\n  a:\n    {stage.Name}:\n      {setting}\n", "p.yml", [stage.Name]).Pipelines[0].Stages[stage.Name].Settings;
        if (error is null) Assert.NotEmpty(stage.Resolve(settings));
        else Assert.Equal(error, Assert.ThrowsAny<GoldilocksException>(() => stage.Resolve(settings)).Message);
    }
}
