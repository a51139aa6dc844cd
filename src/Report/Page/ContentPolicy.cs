using System.Security.Cryptography;
using System.Text;

namespace Goldilocks.Report;

/// <summary>Inline scripts and styles, and the policy that lets exactly these run and nothing reach the network.</summary>
internal sealed class ContentPolicy
{
    private readonly List<string> _scripts = [];
    private readonly List<string> _styles = [];

    /// <summary>The policy for everything embedded so far.</summary>
    public string Text => string.Join("; ",
        "default-src 'none'",
        $"script-src {string.Join(' ', _scripts)}",
        $"style-src {string.Join(' ', _styles)}",
        "img-src 'self' file:",
        "base-uri 'none'",
        "form-action 'none'");

    /// <summary>A script element of our own or of a library; the page's data never come this way.</summary>
    public Html Script(string code) => Embed("script", code.ReplaceLineEndings("\n").Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase).Replace("<!--", "<\\!--", StringComparison.Ordinal), _scripts);

    /// <summary>A style element.</summary>
    public Html Style(string css) => Embed("style", css.ReplaceLineEndings("\n"), _styles);

    private static Html Embed(string element, string content, List<string> hashes)
    {
        hashes.Add($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'");
        return new Html($"<{element}>{content}</{element}>\n");
    }
}
