namespace Goldilocks.Report;

/// <summary>HTML tables that scroll sideways on small screens.</summary>
internal static class Tables
{
    /// <param name="caption">What the table shows.</param>
    /// <param name="head">Column headings; the first column heads its rows.</param>
    /// <param name="rows">Cells, as many per row as headings.</param>
    /// <param name="numeric">Whether all but the first column hold numbers.</param>
    public static Html Of(string caption, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows, bool numeric = false) => Html.Of(
        $"""
        <div class="scroll" tabindex="0" role="region" aria-label="{caption}"><table{(numeric ? new Html(" class=\"numeric\"") : default)}>
        <caption>{caption}</caption>
        <thead><tr>{head.Select(cell => Html.Of($"<th scope=\"col\">{cell}</th>"))}</tr></thead>
        <tbody>
        {rows.Select(row => Html.Of($"<tr><th scope=\"row\">{row[0]}</th>{row.Skip(1).Select(cell => Html.Of($"<td>{cell}</td>"))}</tr>\n"))}</tbody>
        </table></div>

        """);
}
