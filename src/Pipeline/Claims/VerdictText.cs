using System.Globalization;
using System.Text.Json.Nodes;

namespace Goldilocks.Pipeline;

/// <summary>Verdicts for people and for machines.</summary>
internal static class VerdictText
{
    public static void Write(TextWriter output, IReadOnlyList<Verdict> verdicts)
    {
        foreach (var verdict in verdicts)
        {
            var (claim, remark) = (verdict.Claim, Remark(verdict));
            output.WriteLine($"{verdict.Name,-7}  {claim.Id}: {claim.Text}{remark}");
            output.WriteLine($"         {claim.Source}. {(verdict.Holds is null ? $"Run {string.Join(", ", verdict.Missing)} first." : $"Measured: {Values(verdict)}. Holds if {OneLine(claim.Condition)}.")}");
        }

        output.WriteLine(Summary(verdicts));
    }

    /// <summary>"14 hold, 2 fail as recorded, 1 not run".</summary>
    public static string Summary(IReadOnlyList<Verdict> verdicts)
    {
        var counts = new (int Count, string What)[]
        {
            (verdicts.Count(one => one.Holds == true && !one.IsSurprise), "hold as recorded"),
            (verdicts.Count(one => one.Holds == false && !one.IsBroken), "fail as recorded"),
            (verdicts.Count(one => one.IsBroken), "fail though recorded as holding"),
            (verdicts.Count(one => one.IsSurprise), "hold though recorded as failing"),
            (verdicts.Count(one => one.Holds is null), "not run"),
        };
        return $"{verdicts.Count} claims: {string.Join(", ", counts.Where(one => one.Count > 0).Select(one => $"{one.Count} {one.What}"))}";
    }

    public static JsonObject Json(IReadOnlyList<Verdict> verdicts) => new()
    {
        ["claims"] = new JsonArray([.. verdicts.Select(verdict => (JsonNode)new JsonObject
        {
            ["id"] = verdict.Claim.Id,
            ["claim"] = verdict.Claim.Text,
            ["source"] = verdict.Claim.Source,
            ["verdict"] = verdict.Name.Replace(' ', '_'),
            ["recorded"] = verdict.Claim.RecordedAsHolding ? "holds" : "fails",
            ["values"] = new JsonObject(verdict.Values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Json(pair.Value)))),
            ["holds_if"] = OneLine(verdict.Claim.Condition),
            ["tolerance"] = OneLine(verdict.Claim.Tolerance),
            ["missing"] = new JsonArray([.. verdict.Missing.Select(name => JsonValue.Create(name))]),
            ["stale"] = new JsonArray([.. verdict.Stale.Select(name => JsonValue.Create(name))]),
        })]),
    };

    /// <summary>"pearson 0.996, runs 33".</summary>
    public static string Values(Verdict verdict) => string.Join(", ", verdict.Values.Select(pair => $"{pair.Key} {Value(pair.Value)}"));

    public static string OneLine(string text) => string.Join(' ', text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    private static string Remark(Verdict verdict) => (verdict.IsBroken, verdict.IsSurprise, verdict.Stale.Count) switch
    {
        (true, _, _) => " [recorded as holding]",
        (_, true, _) => " [recorded as failing]",
        (_, _, > 0) => $" [of an earlier configuration of {string.Join(", ", verdict.Stale)}]",
        _ => verdict.Holds == false ? " [as recorded]" : "",
    };

    private static string Value(object? value) => value switch
    {
        null => "null",
        double number => number.ToString(number != 0 && Math.Abs(number) < 1e-3 ? "0.#e+0" : "0.####", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static JsonValue? Json(object? value) => value switch
    {
        null => null,
        double number => double.IsFinite(number) ? JsonValue.Create(number) : null,
        bool flag => JsonValue.Create(flag),
        string text => JsonValue.Create(text),
        _ => JsonValue.Create(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
    };
}
