using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dressora.Web.Providers;

/// <summary>JSON as it goes out: letters of every language as themselves, so that lengths are what they seem.</summary>
internal static class JsonBody
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static byte[] Bytes(JsonNode body) => JsonSerializer.SerializeToUtf8Bytes(body, Plain);

    internal static ByteArrayContent Of(JsonNode body) => Of(Bytes(body));

    internal static ByteArrayContent Of(byte[] bytes) =>
        new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
