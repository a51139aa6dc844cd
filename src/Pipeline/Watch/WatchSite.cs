using System.Globalization;
using System.Text;
using Goldilocks.Report;
using Microsoft.AspNetCore.Http;

namespace Goldilocks.Pipeline;

/// <summary>Answers requests: the page, its news, its assets, and nothing else.</summary>
internal sealed class WatchSite(WatchHub hub, WatchGate gate)
{
    private const string NoPolicy = "default-src 'none'";

    private readonly Dictionary<string, byte[]> _assets = LivePage.Assets().ToDictionary(asset => asset.Key, asset => Encoding.UTF8.GetBytes(asset.Value), StringComparer.Ordinal);
    private long _asked = long.MinValue / 2;

    /// <summary>Whether somebody has asked for news within this time.</summary>
    public bool IsWatched(TimeSpan within) => Environment.TickCount64 - Interlocked.Read(ref _asked) < within.TotalMilliseconds;

    public Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.ContentSecurityPolicy = $"{NoPolicy}; frame-ancestors 'none'";
        if (gate.Refuse(request, out var path) is { } status)
        {
            response.StatusCode = status;
            if (status == StatusCodes.Status405MethodNotAllowed) response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }

        var run = hub.Find(request.Query["run"]);
        switch (path)
        {
            case "":
                var page = LivePage.Write(hub.Session, run, out var policy);
                response.Headers.ContentSecurityPolicy = $"{policy}; frame-ancestors 'none'";
                return WriteAsync(context, "text/html", Encoding.UTF8.GetBytes(page));
            case "state":
                Interlocked.Exchange(ref _asked, Environment.TickCount64);
                var after = long.TryParse(request.Query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : (long?)null;
                return WriteAsync(context, "application/json", Encoding.UTF8.GetBytes(LivePage.News(hub.Session, run, after)));
            default:
                if (path.StartsWith("assets/", StringComparison.Ordinal) && _assets.TryGetValue(path["assets/".Length..], out var asset)) return WriteAsync(context, TypeOf(path), asset);
                response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }

    private static string TypeOf(string path) => Path.GetExtension(path) switch { ".js" => "text/javascript", ".css" => "text/css", ".svg" => "image/svg+xml", _ => "text/plain" };

    private static Task WriteAsync(HttpContext context, string type, byte[] content)
    {
        context.Response.ContentType = $"{type}; charset=utf-8";
        context.Response.ContentLength = content.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(content, 0, content.Length, context.RequestAborted);
    }
}
