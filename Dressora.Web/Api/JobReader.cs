using System.Text.Json;
using Dressora.Web.Media;
using Dressora.Web.Tools;

namespace Dressora.Web.Api;

/// <summary>What a program sent, as JSON with numbers of its files, or as a form with the files themselves.</summary>
internal sealed record ReadJob(string Module, string ClientJobId, ToolForm Form, IResult? Problem);

internal sealed class JobReader(Uploads uploads, Toolbox toolbox)
{
    private const int JsonBytesMax = 64 * 1024;
    private const string ModuleName = "module";
    private const string ClientName = "clientJobId";
    private const string StatesName = "states";
    private const string Statement =
        "Send states=true once: you are 18 or older, and everybody in the pictures is you or an adult who agreed to it.";
    private static readonly Dictionary<string, string> Nothing = [];

    internal Task<ReadJob> ReadAsync(HttpContext context, long userId) => context.Request.HasFormContentType
        ? ReadFormAsync(context, userId)
        : ReadJsonAsync(context);

    private async Task<ReadJob> ReadJsonAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
            return Refused(Results.StatusCode(StatusCodes.Status415UnsupportedMediaType));
        if (context.Request.ContentLength > JsonBytesMax)
            return Refused(Results.StatusCode(StatusCodes.Status413PayloadTooLarge));
        try
        {
            var sent = await JsonSerializer.DeserializeAsync<Dictionary<string, JsonElement>>(
                context.Request.Body, cancellationToken: context.RequestAborted) ?? [];
            if (sent.Values.Any(value => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
                return Refused(Problems.Invalid("", "Fields are texts, numbers or truths."));
            return Sort(sent.ToDictionary(pair => pair.Key, pair => pair.Value.ValueKind == JsonValueKind.Null ? "" : pair.Value.ToString()));
        }
        catch (JsonException)
        {
            return Refused(Problems.Invalid("", "This is not JSON."));
        }
    }

    private async Task<ReadJob> ReadFormAsync(HttpContext context, long userId)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var fields = form.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        foreach (var file in form.Files)
        {
            await using var content = file.OpenReadStream();
            var purpose = file.Name == TryOnTool.Person ? Purpose.Person : file.Name == TryOnTool.Garment ? Purpose.Garment : Purpose.Input;
            var wish = new UploadWish(purpose, States: fields.GetValueOrDefault(StatesName) == "true");
            switch (await uploads.TakeAsync(userId, content, wish, context.RequestAborted))
            {
                case Uploaded.Kept { Item: { IsClaimed: true } item }:
                    fields[file.Name] = item.Id;
                    break;
                case Uploaded.Kept:
                    return Refused(Problems.Invalid(StatesName, Statement));
                case Uploaded.StoreDown:
                    return Refused(Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
                case Uploaded.Blocked:
                    return Refused(Problems.Invalid(file.Name, "This picture was reported and removed here, and it is not taken again."));
                default:
                    return Refused(Problems.Invalid(file.Name, "This file is not a picture that can be kept here."));
            }
        }

        return Sort(fields);
    }

    private ReadJob Sort(Dictionary<string, string> sent)
    {
        var module = sent.GetValueOrDefault(ModuleName, "");
        var roles = toolbox.Find(module)?.Files.Select(file => file.Role).ToHashSet() ?? [];
        var form = new ToolForm(
            sent.Where(pair => !roles.Contains(pair.Key)).ToDictionary(), sent.Where(pair => roles.Contains(pair.Key)).ToDictionary());
        return new ReadJob(module, sent.GetValueOrDefault(ClientName, ""), form, null);
    }

    private static ReadJob Refused(IResult problem) => new("", "", new ToolForm(Nothing, Nothing), problem);
}
