using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace Dressora.Tests.Harness;

/// <summary>The world outside: answers what a test arranged, and fails the test that calls anything else.</summary>
public sealed class RefusingNetwork : HttpMessageHandler, IHttpMessageHandlerBuilderFilter
{
    private readonly ConcurrentDictionary<string, Func<HttpRequestMessage, Task<HttpResponseMessage>>> _answers = new();
    private readonly ConcurrentQueue<string> _refused = new();
    private readonly ConcurrentQueue<Call> _calls = new();
    private readonly ConcurrentDictionary<string, bool> _open = new();
    private readonly ConcurrentDictionary<string, Uri> _forwards = new();
    private readonly HttpMessageInvoker _real = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>What was sent, in order, arranged or not.</summary>
    public IReadOnlyCollection<Call> Calls => _calls;

    /// <summary>How the sandbox, which lives in the house and calls from outside, reaches a site without a port.</summary>
    public HttpMessageHandler? Door { get; set; }

    /// <summary>Calls to this address of this machine are real: a simulator listens there.</summary>
    public void LetThrough(Uri address) => _open[address.Authority] = true;

    /// <summary>Calls to this name of the world are real calls to a simulator.</summary>
    public void Forward(string host, Uri simulator) => _forwards[host] = simulator;

    public void Answer(string address, Func<HttpRequestMessage, HttpResponseMessage> answer) =>
        _answers[address] = request => Task.FromResult(answer(request));

    public void Answer(string address, Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) =>
        _answers[address] = answer;

    public void Answer(string address, string body, string type = "application/json") =>
        Answer(address, _ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, type),
        });

    public void Answer(string address, HttpStatusCode status) => Answer(address, _ => new HttpResponseMessage(status));

    public void Install(IServiceCollection services)
    {
        services.AddHttpClient();
        services.AddSingleton<IHttpMessageHandlerBuilderFilter>(this);
        services.ConfigureAll<OAuthOptions>(options => options.BackchannelHttpHandler = this);
    }

    /// <summary>Throws when something was called that nobody had arranged; a Site does this as it goes.</summary>
    public void EnsureNothingRefused()
    {
        if (!_refused.IsEmpty)
            throw new UnarrangedCallException(string.Join(", ", _refused));
    }

    /// <summary>For the test of this class.</summary>
    public void ForgetRefusals() => _refused.Clear();

    Action<HttpMessageHandlerBuilder> IHttpMessageHandlerBuilderFilter.Configure(Action<HttpMessageHandlerBuilder> next) =>
        builder =>
        {
            next(builder);
            builder.PrimaryHandler = builder.Name switch
            {
                "sandbox" => builder.PrimaryHandler,
                "sandbox-calls" => Door ?? builder.PrimaryHandler,
                _ => this,
            };
        };

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_forwards.TryGetValue(request.RequestUri!.Host, out var simulator))
            request.RequestUri = new Uri(simulator, request.RequestUri.PathAndQuery);
        if (simulator is not null || _open.ContainsKey(request.RequestUri.Authority))
            return await _real.SendAsync(request, cancellationToken);
        var address = request.RequestUri.GetLeftPart(UriPartial.Path);
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        _calls.Enqueue(new Call(request.Method.Method, request.RequestUri, body));
        if (!_answers.TryGetValue(address, out var answer))
        {
            _refused.Enqueue($"{request.Method} {address}");
            throw new UnarrangedCallException($"{request.Method} {address}");
        }

        cancellationToken.ThrowIfCancellationRequested();
        var response = await answer(request);
        response.RequestMessage ??= request;
        return response;
    }

    public sealed record Call(string Method, Uri Address, string Body);
}

public sealed class UnarrangedCallException(string address)
    : HttpRequestException($"Nobody arranged an answer for {address}: call site.Network.Answer(\"…\", …) before.");
