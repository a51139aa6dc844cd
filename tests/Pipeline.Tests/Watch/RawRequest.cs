using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Goldilocks.Pipeline.Tests;

/// <summary>Requests as no well-behaved client would send them.</summary>
internal static class RawRequest
{
    /// <summary>Sends lines, each ended as HTTP has it, and an empty one.</summary>
    /// <returns>The answer as it came.</returns>
    public static async Task<string> SendAsync(int port, params string[] lines)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"));
        using var answer = new MemoryStream();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await stream.CopyToAsync(answer, patience.Token);
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    /// <summary>The status of an answer.</summary>
    public static int Status(string answer) => int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
}
