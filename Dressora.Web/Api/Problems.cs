using System.Globalization;
using Dressora.Web.Generation;
using Dressora.Web.Tools;

namespace Dressora.Web.Api;

/// <summary>Every refusal a program gets: one shape, a word to act on and a sentence to read.</summary>
internal static class Problems
{
    internal static IResult Said(int status, string code, string detail, params (string Name, object? Value)[] more)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = code };
        foreach (var (name, value) in more)
            extensions[name] = value;
        return Results.Problem(statusCode: status, detail: detail, extensions: extensions);
    }

    internal static IResult Invalid(string field, string text) => Invalid([(field, text)]);

    internal static IResult Invalid(IEnumerable<(string Field, string Text)> faults) => Said(
        StatusCodes.Status422UnprocessableEntity, "invalid", "Something in the request is wrong. Nothing was held.",
        ("errors", faults.GroupBy(fault => fault.Field).ToDictionary(field => field.Key, field => field.Select(fault => fault.Text).ToArray())));

    internal static IResult NotInScope(string scope) =>
        Said(StatusCodes.Status403Forbidden, "scope", $"This key may not do that: it lacks the scope {scope}.");

    internal static IResult Paused(DateTimeOffset until) => Said(
        StatusCodes.Status403Forbidden, "paused",
        $"The rules refused too much of what this account asked for. It can ask again at {until:u}. Nothing was held.", ("until", until));

    internal static IResult Of(SubmitOutcome refusal) => refusal switch
    {
        SubmitOutcome.OtherContent => Said(
            StatusCodes.Status409Conflict, "other_content", "This client job id belongs to a job that asked for something else."),
        SubmitOutcome.NotEnough(var available, var needed) => Said(
            StatusCodes.Status402PaymentRequired, "not_enough_credits", $"This costs {needed} credits and {available} are available.",
            ("available", available), ("needed", needed), ("buy", "/billing/buy")),
        SubmitOutcome.InDebt(var debt) => Said(
            StatusCodes.Status402PaymentRequired, "in_debt", $"{debt} credits are owed from a refund. Buy credits to go on.",
            ("debt", debt), ("buy", "/billing/buy")),
        SubmitOutcome.KeySpent(var most) => Said(
            StatusCodes.Status402PaymentRequired, "key_spent", $"This key may spend {most} credits a month, and they are used or held.", ("most", most)),
        SubmitOutcome.TooManyWaiting(var most) => Said(
            StatusCodes.Status429TooManyRequests, "too_many_waiting", $"{most} of your jobs wait already. Send the next when one has begun.", ("most", most)),
        _ => Said(StatusCodes.Status503ServiceUnavailable, "no_maker", "Nobody here can make this right now. Nothing was held."),
    };

    internal static string Words(Fault fault) => string.Format(CultureInfo.InvariantCulture, fault.Text, [.. fault.Values]);
}
