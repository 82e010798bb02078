using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dressora.Web.Providers.Fal;

/// <summary>Where to ask about one request: paths at fal's queue, wherever that is.</summary>
internal sealed record FalTicket(string Id, string Status, string Result, string Cancel)
{
    private const int IdLengthMax = 100;

    /// <summary>
    /// Of the answer to a submit. Its addresses are used when they are where it was asked; any other host would be handed
    /// our key.
    /// </summary>
    internal static FalTicket? Of(string model, JsonElement answer, string host)
    {
        if (answer.Text("request_id") is not { Length: > 0 and < IdLengthMax } id
            || !id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            return null;
        var at = $"/{string.Join('/', model.Split('/').Take(2))}/requests/{id}";
        return new FalTicket(
            id,
            Path(answer.Text("status_url"), host, id) ?? at + "/status",
            Path(answer.Text("response_url"), host, id) ?? at,
            Path(answer.Text("cancel_url"), host, id) ?? at + "/cancel");
    }

    internal static FalTicket? Read(string reference)
    {
        if (LooseJson.Read(System.Text.Encoding.UTF8.GetBytes(reference)) is not { } json)
            return null;
        return (json.Text("id"), json.Text("status"), json.Text("result"), json.Text("cancel")) is
            ({ } id, { } status, { } result, { } cancel)
            ? new FalTicket(id, status, result, cancel)
            : null;
    }

    internal string Write() =>
        new JsonObject { ["id"] = Id, ["status"] = Status, ["result"] = Result, ["cancel"] = Cancel }.ToJsonString();

    private static string? Path(string? address, string host, string id) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Authority == host && uri.AbsolutePath.Contains(id, StringComparison.Ordinal)
            ? uri.AbsolutePath
            : null;
}
