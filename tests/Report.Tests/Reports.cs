namespace Goldilocks.Report.Tests;

/// <summary>Makes reports of made-up runs.</summary>
internal static class Reports
{
    public static ReportInput Input(TemporaryFolder folder) => new()
    {
        TrainFolder = folder.Inner("train"),
        AnalyzeFolder = folder.Inner("analyze"),
        Title = "A network groks addition",
        Command = "./goldilocks run quickstart",
        Environment = [new("Code", "0.1.0"), new("ONNX Runtime", "1.30.0")],
    };

    /// <summary>The tables of runs, read back.</summary>
    public static ReportData Data(params SampleRun[] runs)
    {
        using var folder = new TemporaryFolder();
        SampleTables.Write(folder.Inner("train"), folder.Inner("analyze"), runs);
        return ReportData.Read(folder.Inner("train"), folder.Inner("analyze"), CancellationToken.None);
    }

    /// <summary>The page of runs, without drawing the figures' files.</summary>
    public static string Page(Func<ReportInput, ReportInput> change, params SampleRun[] runs)
    {
        using var folder = new TemporaryFolder();
        SampleTables.Write(folder.Inner("train"), folder.Inner("analyze"), runs);
        var input = change(Input(folder));
        var data = ReportData.Read(input.TrainFolder, input.AnalyzeFolder, CancellationToken.None);
        return new ReportPage(input, data, FigureSet.Create(data, input.Command), new TableLinks(folder.Inner("report"), input)).Write();
    }

    /// <inheritdoc cref="Page(Func{ReportInput, ReportInput}, SampleRun[])"/>
    public static string Page(params SampleRun[] runs) => Page(input => input, runs);

    /// <summary>What a reader reads: without scripts, styles and tags, entities resolved, white space as single spaces.</summary>
    public static string Words(string page)
    {
        var text = System.Text.RegularExpressions.Regex.Replace(page, "<(script|style)[^>]*>.*?</\\1>", " ", System.Text.RegularExpressions.RegexOptions.Singleline);
        text = System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(text, "<[^>]*>", " "));
        return System.Text.RegularExpressions.Regex.Replace(text, "\\s+", " ");
    }
}
