using Goldilocks.Core;

namespace Goldilocks.Theory;

/// <summary>Names of conventions in files and on the command line.</summary>
public static class Conventions
{
    private static readonly string[] Names = ["paper", "reference"];

    /// <summary><c>paper</c> or <c>reference</c>.</summary>
    public static string Name(this Convention convention) => Names[(int)convention];

    /// <summary>The convention of that name.</summary>
    /// <exception cref="GoldilocksException">Unknown name.</exception>
    public static Convention Parse(string name) => Array.IndexOf(Names, name) switch
    {
        >= 0 and var index => (Convention)index,
        _ => throw new GoldilocksException($"unknown convention \"{name}\": paper or reference. {Suggest.Hint(name, Names)}"),
    };
}
