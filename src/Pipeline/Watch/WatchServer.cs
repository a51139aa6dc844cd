using System.Net;
using System.Net.Sockets;
using Goldilocks.Core;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Goldilocks.Pipeline;

/// <summary>The page of the runs in training, served on this machine alone until it is disposed of.</summary>
internal sealed class WatchServer : IDisposable
{
    /// <summary>Pages ask twice a second: within this time all that are open have asked.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1.5);

    private readonly KestrelServer _server;
    private readonly string _token = WatchGate.NewToken();
    private WatchSite? _site;

    private WatchServer(int port)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        var limits = options.Limits;
        (limits.MaxConcurrentConnections, limits.MaxConcurrentUpgradedConnections, limits.MaxRequestBodySize) = (64, 0, 0);
        (limits.MaxRequestLineSize, limits.MaxRequestHeadersTotalSize, limits.MaxRequestHeaderCount) = (2048, 16 * 1024, 64);
        (limits.RequestHeadersTimeout, limits.KeepAliveTimeout) = (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
        _server = new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    /// <summary>Where the page is.</summary>
    public string Address { get; private set; } = "";

    /// <param name="hub">What to show.</param>
    /// <param name="port">Port, or 0 for one that is free.</param>
    /// <exception cref="GoldilocksException">The port is taken or not allowed.</exception>
    public static WatchServer Start(WatchHub hub, int port)
    {
        var server = new WatchServer(port);
        try
        {
            server.Open(hub);
            return server;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            server.Dispose();
            throw new GoldilocksException($"--port {port}: {(e.InnerException is AddressInUseException ? "another program listens there" : e.Message.TrimEnd('.'))}. Choose another, or leave --port out for one that is free.", inner: e);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the pages that are open have heard the last; no time where there are none.</summary>
    public void SayFarewell(CancellationToken cancellation)
    {
        if (_site!.IsWatched(within: 2 * Farewell)) cancellation.WaitHandle.WaitOne(Farewell);
    }

    public void Dispose()
    {
        // Connections that are idle are closed at once, others after a moment.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        _server.StopAsync(patience.Token).GetAwaiter().GetResult();
        _server.Dispose();
    }

    private void Open(WatchHub hub)
    {
        var application = new Application(this);
        _server.StartAsync(application, CancellationToken.None).GetAwaiter().GetResult();
        var port = new Uri(_server.Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        _site = new WatchSite(hub, new WatchGate(port, _token));
        Address = $"http://127.0.0.1:{port}/{_token}/";
    }

    private sealed class Application(WatchServer server) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context)
        {
            if (server._site is { } site) return site.AnswerAsync(context);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
