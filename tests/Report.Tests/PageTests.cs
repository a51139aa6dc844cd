using System.Text.RegularExpressions;

namespace Goldilocks.Report.Tests;

public sealed class PageTests
{
    [Fact]
    public void Published_run_stands_beside_its_reference()
    {
        var words = Reports.Words(Reports.Page(SampleRun.Published));
        Assert.Contains("First step with training accuracy ≥ 90 % not stated 1130 1130 equal", words, StringComparison.Ordinal);
        Assert.Contains("First step with validation accuracy ≥ 90 % not stated 1530 1530 equal", words, StringComparison.Ordinal);
        Assert.Contains("(section 3.2) 800 800 equal", words, StringComparison.Ordinal);
        Assert.Contains("Training loss at step 0 not stated 0.98126626 0.98126626 equal", words, StringComparison.Ordinal);
        Assert.Contains("Training loss at step 3000 not stated 0.02234229 0.02234236 relative difference 3.1·10⁻⁶", words, StringComparison.Ordinal);
        Assert.Contains("Ideal accuracy of all 55 pairs not stated 100 % (10 of the 10 validation pairs) 100 % equal", words, StringComparison.Ordinal);
        Assert.Contains("imply a unique line (section 3.2) 2 2 equal", words, StringComparison.Ordinal);
        Assert.Contains("differ from the trainer's by at most 4·10⁻⁷ of the largest output.", words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_later_than_the_reference_is_said_to_be()
    {
        var words = Reports.Words(Reports.Page(SampleRun.Published with { TrainStep = 1140, RqiStep = null }));
        Assert.Contains("1130 1140 10 steps later", words, StringComparison.Ordinal);
        Assert.Contains("800 never not reached here", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seed is 7 here and 58 there")]
    [InlineData("train_samples is 40 here and 45 there")]
    [InlineData("convention is paper here and reference there")]
    public void Another_configuration_has_no_reference_and_says_why(string reason)
    {
        var run = reason.Split(' ')[0] switch
        {
            "seed" => SampleRun.Published with { Seed = 7 },
            "train_samples" => SampleRun.Published with { TrainSamples = 40 },
            _ => SampleRun.Published with { Convention = "paper" },
        };
        var words = Reports.Words(Reports.Page(run));
        Assert.Contains($"The reference column is empty because this run has other settings than the published one behind Figure 4 (d): {reason}.", words, StringComparison.Ordinal);
        Assert.DoesNotContain("0.43041229 0.43041229", words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_was_not_recorded_is_told_by_its_neighbour()
    {
        var words = Reports.Words(Reports.Page(SampleRun.Published with { Steps = 4900, Losses = [] }));
        Assert.Contains("at step 980, the nearest recorded", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Never_is_told_and_no_value_is_invented()
    {
        var words = Reports.Words(Reports.Page(new SampleRun { TrainStep = null, ValidationStep = null, RqiStep = null, Phase = "confusion", Diverges = true }));
        Assert.Contains("(train > 90 %) never", words, StringComparison.Ordinal);
        Assert.Contains("Phase by Table 1 of the paper confusion", words, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_analysis_the_page_says_so()
    {
        var words = Reports.Words(Reports.Page(input => input with { AnalyzeFolder = null }, SampleRun.Published));
        Assert.Contains("There is no analysis of this run's exported models.", words, StringComparison.Ordinal);
        Assert.DoesNotContain("analysis.parquet", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_runs_are_listed_by_seed()
    {
        var words = Reports.Words(Reports.Page(new SampleRun { Seed = 12, Phase = "grokking" }, new SampleRun { Seed = 3 }));
        Assert.Contains("toy-addition, seed 3, paper convention", words, StringComparison.Ordinal);
        Assert.Contains("shows the first of 2 runs", words, StringComparison.Ordinal);
        Assert.Matches("3 comprehension 1130 1530 800 100 % .{12} 12 grokking 1130", words);
    }

    [Fact]
    public void Another_recipe_is_told_without_addition()
    {
        var words = Reports.Words(Reports.Page(new SampleRun { Recipe = "something-else" }));
        Assert.Contains("of its 45 training samples", words, StringComparison.Ordinal);
        Assert.DoesNotContain("The task is addition", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_cannot_become_markup()
    {
        const string attack = "</script><script>alert('1')</script>\"><img src=x onerror=alert(2)><!-- & 日本";
        var page = Reports.Page(input => input with { Title = attack, Command = attack, Environment = [new(attack, attack)] }, new SampleRun { Recipe = attack, Convention = attack, Phase = attack });
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.Contains("&lt;/script&gt;&lt;script&gt;alert(&#39;1&#39;)", page, StringComparison.Ordinal);
        Assert.Equal(PageAssets.Scripts.Count + 1, Regex.Count(page, "</script>", RegexOptions.IgnoreCase));
        Assert.Contains($"<title>{System.Net.WebUtility.HtmlEncode(attack)}</title>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_allows_only_what_the_page_was_written_with()
    {
        var page = Reports.Page(SampleRun.Published);
        var policy = System.Net.WebUtility.HtmlDecode(Regex.Match(page, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value);
        var nonce = Regex.Match(policy, "script-src 'nonce-([A-Za-z0-9+/]{32})'; style-src 'nonce-\\1'").Groups[1].Value;
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(32, nonce.Length);
        Assert.All(Regex.Matches(page, "<script(?! type=\"application/json\")[^>]*>|<link[^>]*>"), element => Assert.Contains($"nonce=\"{nonce}\"", System.Net.WebUtility.HtmlDecode(element.Value), StringComparison.Ordinal));
        Assert.DoesNotContain(nonce, Reports.Page(input => input with { Title = "another" }, SampleRun.Published), StringComparison.Ordinal);
        Assert.Equal(page, Reports.Page(SampleRun.Published));
    }

    [Fact]
    public void The_page_names_no_folder_of_this_machine()
    {
        var page = Reports.Page(SampleRun.Published);
        Assert.DoesNotContain(Path.GetTempPath(), page, StringComparison.Ordinal);
        Assert.Contains("../train/runs.parquet", page, StringComparison.Ordinal);
    }
}
