using Goldilocks.Core;

namespace Goldilocks.Data;

/// <summary>Where data sets lie.</summary>
public static class DataFolder
{
    /// <summary>The environment variable that names the folder of fetched data sets.</summary>
    public const string Variable = "GOLDILOCKS_DATA";

    /// <summary>The data set that <c>goldilocks data mnist</c> fetches.</summary>
    public const string Mnist = "mnist";

    /// <summary>The folder of a fetched data set: below <see cref="Variable"/>, or below the user's folder for application data.</summary>
    public static string Of(string name)
    {
        var root = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen ? chosen
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "goldilocks");
        return Path.Combine(root, name);
    }

    /// <summary>The folder that a setting means: <see cref="Mnist"/>, or the path of a folder.</summary>
    /// <exception cref="GoldilocksException">It does not exist.</exception>
    public static string Find(string data)
    {
        if (data != Mnist) return Directory.Exists(data) ? data : throw new GoldilocksException($"data: there is no folder {data}. Name one that holds the IDX files, or {Mnist} (fetched by: goldilocks data mnist).");
        var folder = Of(Mnist);
        return Directory.Exists(folder) ? folder : throw new GoldilocksException($"data: MNIST is not at {folder}. Fetch it with: goldilocks data mnist");
    }
}
