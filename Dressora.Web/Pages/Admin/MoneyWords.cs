using Dressora.Web.Payments;
using Dressora.Web.Shell;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>How money stands, in words for admins, and what about it waits for a person.</summary>
public sealed class MoneyWords(IStringLocalizer<Words> words)
{
    public string Of(PaymentFault fault) => fault switch
    {
        PaymentFault.NoOrder => words["it is for no order of this house"],
        PaymentFault.Amount => words["another amount than the order's"],
        PaymentFault.Currency => words["another currency than the order's"],
        PaymentFault.Person => words["another person than the order's"],
        PaymentFault.PaidTwice => words["its order was paid before"],
        _ => words["it names another order"],
    };

    public string Of(PaymentState state) => state switch
    {
        PaymentState.Captured => words["paid"],
        PaymentState.Refused => words["fits no order"],
        PaymentState.Failed => words["did not work"],
        _ => words["on its way"],
    };

    public string Of(OrderState state) => state switch
    {
        OrderState.Paid => words["paid"],
        OrderState.Lapsed => words["not paid in time"],
        _ => words["open"],
    };

    public string Of(SubscriptionState state) => state switch
    {
        SubscriptionState.Active => words["runs"],
        SubscriptionState.PastDue => words["not paid"],
        SubscriptionState.Ended => words["ended"],
        _ => words["not begun"],
    };

    public string Of(WebhookState state) => state switch
    {
        WebhookState.Done => words["worked"],
        WebhookState.Failed => words["failed"],
        WebhookState.Rejected => words["not signed"],
        _ => words["waiting"],
    };

    public string Of(RefundState state) => state switch
    {
        RefundState.Succeeded => words["sent back"],
        RefundState.Failed => words["declined"],
        RefundState.Asked => words["asked for"],
        _ => words["on its way back"],
    };

    public string Of(DisputeState state) => state switch
    {
        DisputeState.Won => words["won"],
        DisputeState.Lost => words["lost"],
        _ => words["open"],
    };

    internal static string Tone(PaymentState state) => state switch
    {
        PaymentState.Captured => "badge--good",
        PaymentState.Refused => "badge--bad",
        PaymentState.Failed => "badge--warn",
        _ => "",
    };

    internal static string Tone(WebhookState state) => state switch
    {
        WebhookState.Done => "badge--good",
        WebhookState.Waiting => "",
        _ => "badge--bad",
    };

    internal static async Task<IEnumerable<IndexModel.Problem>> WaitingAsync(Data.DressoraDb db, IStringLocalizer<Words> words)
    {
        var problems = new List<IndexModel.Problem>();
        void Add(int count, string tone, string one, string many, string why, string path)
        {
            if (count > 0)
                problems.Add(new(tone, words["Payments"], count == 1 ? words[one] : words[many, count], words[why], path));
        }

        Add(
            await db.Payments.CountAsync(p => p.State == PaymentState.Refused && p.SettledBy == null), "badge--bad",
            "Money came that fits no order", "{0} payments fit no order",
            "It was taken and nothing was given for it: send it back, or settle it.", "/admin/payments?state=Refused");
        Add(
            await db.Webhooks.CountAsync(w => w.State == WebhookState.Failed), "badge--bad",
            "A payment company's call could not be worked", "{0} calls of payment companies could not be worked",
            "It was tried seven times. Its page says why, and works it again.", "/admin/webhooks?state=Failed");
        Add(
            await db.Webhooks.CountAsync(w => w.State == WebhookState.Rejected), "badge--warn",
            "A call came with a signature that does not fit", "{0} calls came with a signature that does not fit",
            "A forgery, or the secret here is not the one at the payment company.", "/admin/webhooks?state=Rejected");
        Add(
            await db.Disputes.CountAsync(d => d.State == DisputeState.Open), "badge--warn",
            "A bank disputes a payment", "{0} payments are disputed",
            "Answer it at the payment company before its time is over; the rest follows by itself.", "/admin/payments?state=Disputed");
        return problems;
    }
}
