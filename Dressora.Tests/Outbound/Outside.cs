using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dressora.Web.Outbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dressora.Tests.Outbound;

/// <summary>
/// The internet of a test: names lead where the test says, and whatever address is dialled, one server of the test's own
/// answers over TLS. What was dialled is noted.
/// </summary>
internal sealed class Outside : IHttpClientFactory, IAsyncDisposable
{
    internal static readonly IPAddress Public = IPAddress.Parse("93.184.215.14");
    private readonly Dictionary<string, Queue<IPAddress[]>> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly WebApplication _server;
    private int _port;

    private Outside(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Certificate())));
        _server = builder.Build();
        _server.Run(answer);
    }

    internal List<(IPAddress Address, int Port)> Dialled { get; } = [];
    internal Fetcher Fetcher => new(this, TimeProvider.System);

    internal static async Task<Outside> StartAsync(RequestDelegate answer)
    {
        var outside = new Outside(answer);
        await outside._server.StartAsync();
        var address = outside._server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        outside._port = new Uri(address).Port;
        return outside;
    }

    /// <summary>Each look-up takes the next answer; the last one stays.</summary>
    internal void Leads(string name, params IPAddress[][] answers) => _names[name] = new Queue<IPAddress[]>(answers);

    public HttpClient CreateClient(string name)
    {
        var handler = OutboundSetup.Handler(new GuardedDialer(ResolveAsync, DialAsync));
        handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=outside" };
        return new HttpClient(handler);
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel)
    {
        if (!_names.TryGetValue(host, out var answers))
            throw new SocketException((int)SocketError.HostNotFound);
        return Task.FromResult(answers.Count > 1 ? answers.Dequeue() : answers.Peek());
    }

    private async Task<Stream> DialAsync(IPAddress address, int port, CancellationToken cancel)
    {
        Dialled.Add((address, port));
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _port, cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=outside", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
