using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Goldilocks.Pipeline;

/// <summary>
/// Who may ask: only a program on this machine that knows the token, and no page of another origin, whatever name it gives this machine.
/// </summary>
/// <param name="port">The server's port.</param>
/// <param name="token">The first part of every path.</param>
internal sealed class WatchGate(int port, string token)
{
    private readonly byte[] _token = Encoding.UTF8.GetBytes(token);

    /// <summary>256 random bits, as they can stand in an address.</summary>
    public static string NewToken() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>The status with which a request is refused, or null and what it asks for: the path after the token.</summary>
    public int? Refuse(HttpRequest request, out string path)
    {
        path = "";
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return StatusCodes.Status405MethodNotAllowed;

        // A foreign name that was made to point here is not ours (DNS rebinding).
        var host = request.Headers.Host.ToString();
        if (host != $"127.0.0.1:{port}" && !string.Equals(host, $"localhost:{port}", StringComparison.OrdinalIgnoreCase)) return StatusCodes.Status421MisdirectedRequest;
        if (request.Headers.TryGetValue("Origin", out var origin) && !string.Equals(origin, $"http://{host}", StringComparison.OrdinalIgnoreCase)) return StatusCodes.Status403Forbidden;
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site) && site.ToString() is not ("same-origin" or "none")) return StatusCodes.Status403Forbidden;

        var parts = (request.Path.Value ?? "").Split('/', 3);
        if (parts.Length < 3 || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(parts[1]), _token)) return StatusCodes.Status403Forbidden;
        path = parts[2];
        return null;
    }
}
