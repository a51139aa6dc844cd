using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Goldilocks.Report;

/// <summary>
/// Markup. Made from interpolated strings whose holes are escaped, in element content and in quoted attributes, unless they are markup themselves:
/// <c>Html.Of($"&lt;td&gt;{value}&lt;/td&gt;")</c>.
/// </summary>
internal readonly record struct Html(string Markup)
{
    public static Html Of(Handler markup) => new(markup.ToString());

    /// <summary>Pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Markup)));

    public override string ToString() => Markup;

    /// <summary>Escapes what is interpolated.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Handler
    {
        private readonly StringBuilder _text;

        public Handler(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (16 * formattedCount));

        public void AppendLiteral(string literal) => _text.Append(literal);

        public void AppendFormatted(Html markup) => _text.Append(markup.Markup);

        public void AppendFormatted(IEnumerable<Html> pieces)
        {
            foreach (var piece in pieces) _text.Append(piece.Markup);
        }

        public void AppendFormatted(string? text) => _text.Append(WebUtility.HtmlEncode(text));

        public void AppendFormatted(IFormattable value) => AppendFormatted(value.ToString(null, CultureInfo.InvariantCulture));

        public override string ToString() => _text.ToString();
    }
}
