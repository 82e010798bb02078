using Dressora.Web.Identity;
using Dressora.Web.Payments;
using Dressora.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Billing;

/// <summary>Orders, payments and plans in words, by a person's clock.</summary>
public sealed class BillingWords(IStringLocalizer<Words> words, string zone)
{
    public string What(OrderKind kind, long credits, Period? period) => kind == OrderKind.Credits ? words["{0:N0} credits", credits]
        : period == Period.Year ? words["{0:N0} credits a month, by the year", credits]
        : words["{0:N0} credits a month", credits];

    public string What(Order order) => What(order.Kind, order.Credits, order.Period);

    public string State(PaymentState state) => state switch
    {
        PaymentState.Captured => words["paid"],
        PaymentState.Failed => words["did not work"],
        PaymentState.Refused => words["being looked into"],
        _ => words["on its way"],
    };

    public string State(RefundState state) => state switch
    {
        RefundState.Succeeded => words["sent back"],
        RefundState.Failed => words["could not be sent back"],
        _ => words["on its way back"],
    };

    public string State(DisputeState state) => state switch
    {
        DisputeState.Open => words["your bank asks for it back"],
        DisputeState.Won => words["it stays paid"],
        _ => words["your bank took it back"],
    };

    public static string Tone(PaymentState state) => state switch
    {
        PaymentState.Captured => "badge--good",
        PaymentState.Pending => "",
        _ => "badge--warn",
    };

    public string Day(DateTimeOffset at) => Zone.At(at, zone).ToString("d MMM yyyy", System.Globalization.CultureInfo.CurrentCulture);

    public string Minute(DateTimeOffset at) => Zone.At(at, zone).ToString("d MMM yyyy, HH:mm", System.Globalization.CultureInfo.CurrentCulture);
}
