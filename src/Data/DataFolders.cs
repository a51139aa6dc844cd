using Goldilocks.Core;

namespace Goldilocks.Data;

/// <summary>Where data sets lie.</summary>
public static class DataFolders
{
    /// <summary>The environment variable that names the folder of all data sets.</summary>
    public const string Variable = "GOLDILOCKS_DATA";

    /// <summary>The data set that <c>goldilocks data mnist</c> fetches.</summary>
    public const string Mnist = "mnist";

    private static readonly string[] Known = [Mnist];

    /// <summary>The folder of a data set.</summary>
    /// <param name="name">
    /// A path (anything with a path separator, or an existing folder), or <c>mnist</c>: the folder of that name under
    /// $GOLDILOCKS_DATA, or else under <c>goldilocks</c> in the user's local application data.
    /// </param>
    /// <exception cref="GoldilocksException">There is no such folder.</exception>
    public static string Find(string name)
    {
        if (Directory.Exists(name)) return name;
        if (name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) || name.Contains(Path.AltDirectorySeparatorChar, StringComparison.Ordinal))
            throw new GoldilocksException($"there is no folder {name}. Give one that holds the data set's files, or a known data set: {string.Join(", ", Known)}.");
        if (!Known.Contains(name)) throw new GoldilocksException($"unknown data set \"{name}\", and no folder of that name. {Suggest.Hint(name, Known)}");
        var folder = Default(name);
        return Directory.Exists(folder) ? folder : throw new GoldilocksException($"{name} is not on this machine (no folder {folder}). \"goldilocks data {name}\" fetches it; ${Variable} names another place.");
    }

    /// <summary>Where a known data set belongs, whether it is there or not.</summary>
    /// <exception cref="GoldilocksException">This user has no folder for application data.</exception>
    internal static string Default(string name)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } root) return Path.Combine(root, name);
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return local.Length > 0 ? Path.Combine(local, "goldilocks", name)
            : throw new GoldilocksException($"this user has no folder for application data; set {Variable} to the folder that holds data sets.");
    }
}
