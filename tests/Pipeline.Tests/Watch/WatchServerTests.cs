using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Goldilocks.Core;

namespace Goldilocks.Pipeline.Tests;

/// <summary>Who may ask the server, and who may not.</summary>
public sealed class WatchServerTests : IDisposable
{
    private readonly WatchServer _server = WatchServer.Start(new WatchHub(Planned()), port: 0);

    private Uri Address => new(_server.Address);

    private int Port => Address.Port;

    private string Token => Address.AbsolutePath.Trim('/');

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("GET", 200)]
    [InlineData("HEAD", 200)]
    [InlineData("POST", 405)]
    [InlineData("PUT", 405)]
    [InlineData("DELETE", 405)]
    [InlineData("OPTIONS", 405)]
    [InlineData("TRACE", 405)]
    public async Task Nothing_can_be_sent(string method, int status) => Assert.Equal(status, RawRequest.Status(await Ask($"{method} /{Token}/ HTTP/1.1", $"Host: 127.0.0.1:{Port}")));

    [Theory]
    [InlineData("127.0.0.1:PORT", 200)]
    [InlineData("localhost:PORT", 200)]
    [InlineData("LocalHost:PORT", 200)]
    [InlineData("127.0.0.1", 421)]
    [InlineData("localhost:1", 421)]
    [InlineData("evil.example", 421)]
    [InlineData("evil.example:PORT", 421)]
    [InlineData("127.0.0.1.evil.example:PORT", 421)]
    [InlineData("[::1]:PORT", 421)]
    [InlineData("0.0.0.0:PORT", 421)]
    public async Task The_name_asked_for_is_this_machines(string host, int status) =>
        Assert.Equal(status, RawRequest.Status(await Ask($"GET /{Token}/state HTTP/1.1", $"Host: {host.Replace("PORT", $"{Port}", StringComparison.Ordinal)}")));

    [Fact]
    public async Task A_request_without_a_name_is_refused()
    {
        Assert.Equal(421, RawRequest.Status(await Ask($"GET /{Token}/ HTTP/1.0")));
        Assert.Equal(400, RawRequest.Status(await Ask($"GET /{Token}/ HTTP/1.1")));
        Assert.Equal(400, RawRequest.Status(await Ask($"GET /{Token}/ HTTP/1.1", $"Host: 127.0.0.1:{Port}", "Host: evil.example")));
    }

    [Theory]
    [InlineData("Origin: http://127.0.0.1:PORT", 200)]
    [InlineData("Origin: http://localhost:PORT", 403)]
    [InlineData("Origin: https://127.0.0.1:PORT", 403)]
    [InlineData("Origin: http://127.0.0.1:1", 403)]
    [InlineData("Origin: http://evil.example", 403)]
    [InlineData("Origin: null", 403)]
    [InlineData("Sec-Fetch-Site: same-origin", 200)]
    [InlineData("Sec-Fetch-Site: none", 200)]
    [InlineData("Sec-Fetch-Site: same-site", 403)]
    [InlineData("Sec-Fetch-Site: cross-site", 403)]
    public async Task Other_pages_may_not_ask(string header, int status) =>
        Assert.Equal(status, RawRequest.Status(await Ask($"GET /{Token}/state HTTP/1.1", $"Host: 127.0.0.1:{Port}", header.Replace("PORT", $"{Port}", StringComparison.Ordinal))));

    [Theory]
    [InlineData("/")]
    [InlineData("/state")]
    [InlineData("/assets/site.css")]
    [InlineData("/favicon.ico")]
    [InlineData("/TOKEN")]
    [InlineData("//TOKEN/")]
    [InlineData("/TOKENx/")]
    [InlineData("/x/TOKEN/")]
    [InlineData("/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/")]
    public async Task Without_the_token_there_is_nothing_and_no_word(string path)
    {
        var answer = await Ask($"GET {path.Replace("TOKEN", Token, StringComparison.Ordinal)} HTTP/1.1", $"Host: 127.0.0.1:{Port}");
        Assert.Equal(403, RawRequest.Status(answer));
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("assets/")]
    [InlineData("assets")]
    [InlineData("assets/render.mjs")]
    [InlineData("assets/../state")]
    [InlineData("assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    [InlineData("state/")]
    [InlineData("STATE")]
    public async Task Only_known_names_are_answered(string path)
    {
        var status = RawRequest.Status(await Ask($"GET /{Token}/{path} HTTP/1.1", $"Host: 127.0.0.1:{Port}"));
        Assert.Equal(path == "assets/../state" ? 200 : path.Contains("%2e%2e/%2e%2e", StringComparison.Ordinal) ? 403 : 404, status);
    }

    [Theory]
    [InlineData("", "text/html; charset=utf-8")]
    [InlineData("state", "application/json; charset=utf-8")]
    [InlineData("assets/live.js", "text/javascript; charset=utf-8")]
    [InlineData("assets/vega.js", "text/javascript; charset=utf-8")]
    [InlineData("assets/site.css", "text/css; charset=utf-8")]
    [InlineData("assets/icon.svg", "image/svg+xml; charset=utf-8")]
    public async Task Answers_are_kept_by_nobody_and_read_as_what_they_are(string path, string type)
    {
        var answer = await Ask($"GET /{Token}/{path} HTTP/1.1", $"Host: 127.0.0.1:{Port}");
        var lines = answer[..answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");
        Assert.Contains($"Content-Type: {type}", lines);
        Assert.Contains("X-Content-Type-Options: nosniff", lines);
        Assert.Contains("Referrer-Policy: no-referrer", lines);
        Assert.Contains("Cache-Control: no-store", lines);
        Assert.Contains("Cross-Origin-Resource-Policy: same-origin", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("Server:", StringComparison.OrdinalIgnoreCase));
        var policy = Assert.Single(lines, line => line.StartsWith("Content-Security-Policy: default-src 'none'; ", StringComparison.Ordinal));
        Assert.EndsWith("; frame-ancestors 'none'", policy, StringComparison.Ordinal);
        if (path.Length > 0) return;

        // The policy that the page states itself is the same; WebUtility has escaped its quotes.
        var stated = System.Text.RegularExpressions.Regex.Match(answer, "http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;
        Assert.Equal($"Content-Security-Policy: {WebUtility.HtmlDecode(stated)}; frame-ancestors 'none'", policy);
        Assert.Contains("connect-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_are_short()
    {
        Assert.Equal(414, RawRequest.Status(await Ask($"GET /{Token}/?run={new string('x', 3000)} HTTP/1.1", $"Host: 127.0.0.1:{Port}")));
        Assert.Equal(431, RawRequest.Status(await Ask($"GET /{Token}/ HTTP/1.1", $"Host: 127.0.0.1:{Port}", $"X: {new string('x', 20_000)}")));
    }

    [Fact]
    public void Connections_are_few()
    {
        var clients = new List<TcpClient>();
        try
        {
            // All at once and without the thread pool, which other tests keep busy: a connection that says nothing is closed after ten seconds.
            for (var i = 0; i < 64; i++)
            {
                clients.Add(new TcpClient());
                clients[^1].Connect(IPAddress.Loopback, Port);
                clients[^1].GetStream().Write("GET"u8);
            }

            // One more is closed without an answer as soon as the server looks at it.
            using var more = new TcpClient();
            more.Connect(IPAddress.Loopback, Port);
            Assert.True(more.Client.Poll(TimeSpan.FromSeconds(20), SelectMode.SelectRead));
            var read = 0;
            try
            {
                read = more.Client.Receive(new byte[1]);
            }
            catch (SocketException)
            {
            }

            Assert.Equal(0, read);
        }
        finally
        {
            foreach (var client in clients) client.Dispose();
        }
    }

    [Fact]
    public void Only_this_machine_can_connect()
    {
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == Port);
        Assert.Equal([new IPEndPoint(IPAddress.Loopback, Port)], listeners);
    }

    [Fact]
    public void Tokens_have_256_bits_and_never_repeat()
    {
        Assert.Matches("^[A-Za-z0-9_-]{43}$", Token);
        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => WatchGate.NewToken()).Distinct().Count());
    }

    [Fact]
    public void A_port_that_is_taken_is_one_line_and_exit_code_2()
    {
        var error = Assert.Throws<GoldilocksException>(() => WatchServer.Start(new WatchHub(Planned()), Port));
        Assert.Equal($"--port {Port}: another program listens there. Choose another, or leave --port out for one that is free.", error.Message);
        Assert.Equal(ExitCodes.Usage, error.ExitCode);
    }

    private static PlannedPipeline Planned() => new("quickstart", "The first one", [new PlannedStage(new FakeStage("train"), [], "quickstart", [], Path.Combine(Path.GetTempPath(), "none"), "./goldilocks run quickstart")]);

    private Task<string> Ask(params string[] lines) => RawRequest.SendAsync(Port, [.. lines, "Connection: close"]);
}
