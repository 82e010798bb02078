using System.Text.Json;

namespace Dressora.Web.Payments;

/// <summary>How the demo tells this house what happened: by signed calls into the same inbox as everybody's.</summary>
public sealed class DemoPhone(DemoBooks books, Inbox inbox)
{
    private static readonly Counter At = new(DemoGateway.Own, Mode.Test);

    internal async Task SayAsync(string name, IReadOnlyList<Fact> facts, TimeSpan later, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new DemoEvent(name, facts));
        var headers = new Dictionary<string, string>
        {
            [DemoGateway.SignatureHeader] = Signature.Of(await books.SecretAsync(), body),
            [DemoGateway.EventHeader] = DemoBooks.NewId("devt"),
        };
        await inbox.TakeAsync(At, headers, body, later, cancel);
    }

    /// <summary>What the browser brings back.</summary>
    internal async Task<QueryString> SignAsync(string id, string paymentId) => QueryString.Create(new Dictionary<string, string?>
    {
        [DemoGateway.PaymentField] = paymentId,
        [DemoGateway.SignatureField] = Signature.OfOrder(await books.SecretAsync(), id, paymentId),
    });
}
