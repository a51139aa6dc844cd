using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Goldilocks.Core;

namespace Goldilocks.Train;

/// <summary>A recipe with all parameters resolved. Two runs with equal configurations are the same run.</summary>
/// <remarks>Sweeps hold a hundred thousand of them: names and defaults are shared, and the text is written when it is asked for.</remarks>
public sealed class RunConfig
{
    /// <summary>Raised when the same configuration would train differently; part of every run's identity.</summary>
    public const int FormatVersion = 2;

    private readonly string[] _names;
    private readonly object[] _values;

    /// <param name="recipe">The recipe's name.</param>
    /// <param name="names">All parameters in ordinal order.</param>
    /// <param name="values">Their values, likewise.</param>
    internal RunConfig(string recipe, string[] names, object[] values)
    {
        (Recipe, _names, _values) = (recipe, names, values);
        Run = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json)));
    }

    /// <summary>The recipe's name.</summary>
    public string Recipe { get; }

    /// <summary>The run's identity: SHA-256 of <see cref="Json"/>, 64 hexadecimal digits.</summary>
    public string Run { get; }

    /// <summary>The first 12 digits of <see cref="Run"/>, for file names.</summary>
    public string ShortRun => Run[..12];

    /// <summary>Canonical JSON of format version, recipe and parameters.</summary>
    public string Json
    {
        get
        {
            var text = new StringBuilder("{\"format\":").Append(FormatVersion.ToString(CultureInfo.InvariantCulture)).Append(",\"parameters\":{");
            for (var i = 0; i < _names.Length; i++)
            {
                if (i > 0) text.Append(',');
                text.Append(CanonicalJson.Scalar(_names[i])).Append(':').Append(CanonicalJson.Scalar(_values[i]));
            }

            return text.Append("},\"recipe\":").Append(CanonicalJson.Scalar(Recipe)).Append('}').ToString();
        }
    }

    /// <summary>The value of a parameter: <see cref="long"/>, <see cref="double"/> or <see cref="string"/>.</summary>
    public object this[string name] => _values[Array.BinarySearch(_names, name, StringComparer.Ordinal) is >= 0 and var i ? i : throw new KeyNotFoundException(name)];

    public int Integer(string name) => checked((int)(long)this[name]);

    public long Long(string name) => (long)this[name];

    public double Number(string name) => (double)this[name];

    public string Text(string name) => (string)this[name];
}
