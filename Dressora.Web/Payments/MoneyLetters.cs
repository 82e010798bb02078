using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Notices;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Payments;

/// <summary>A letter and the bell for everything that money did, in the reader's language.</summary>
public sealed class MoneyLetters(Stationery stationery, NoticeBoard board)
{
    private const string Billing = "/billing";

    internal Task PaidAsync(Write write, Payment payment, Subject subject, Receipt receipt) => PostAsync(
        write, payment.UserId, subject.IsPlan ? Billing : subject.Order!.Path,
        subject.IsPlan ? "Your plan at {0} was paid" : "Your credits at {0} are here",
        subject.IsPlan
            ? "{2} were paid for your plan at {0}: {3} credits a month. The receipt has the number {4}:\n\n{1}"
            : "{2} were paid at {0} for {3} credits, and they are in your account. The receipt has the number {4}:\n\n{1}",
        payment.Price.Exact(), subject.CreditsEach, receipt.Number);

    internal Task RefundedAsync(Write write, Payment payment, Refund refund) => PostAsync(
        write, payment.UserId, Billing,
        refund.State == RefundState.Failed ? "A refund from {0} did not work" : "A refund from {0}",
        refund.State switch
        {
            RefundState.Failed => "{2} were to come back to you, and the bank did not take them. The credits that were taken for it are yours again. "
                + "Write to whoever runs the server:\n\n{1}",
            RefundState.Succeeded => "{2} are on their way to where you paid from; banks take up to seven working days. The unused credits they had paid for "
                + "were taken back; those that were used are owed:\n\n{1}",
            _ => "{2} are being sent back to where you paid from. The unused credits they had paid for were taken back; those that were used are owed:\n\n{1}",
        },
        new Money(refund.Amount, payment.Currency).Exact());

    internal Task DisputedAsync(Write write, Payment payment, Dispute dispute) => PostAsync(
        write, payment.UserId, Billing,
        "About a payment to {0}",
        dispute.State switch
        {
            DisputeState.Open => "Your bank asks for {2} back that you paid at {0}. Until that is decided, what is left of the credits waits aside. If you did "
                + "not ask your bank for it, tell them:\n\n{1}",
            DisputeState.Won => "Your bank decided that {2} stay paid. The credits that waited aside are yours again:\n\n{1}",
            _ => "Your bank took {2} back. The credits they had paid for were taken back; those that were used are owed:\n\n{1}",
        },
        new Money(dispute.Amount, payment.Currency).Exact());

    internal Task TroubledAsync(Write write, Subscription subscription) => PostAsync(
        write, subscription.UserId, "/billing/plan", "Your plan at {0} could not be renewed",
        "{2} could not be taken for your plan at {0}. It is tried again in the next days; what you have stays yours until its time is over:\n\n{1}",
        subscription.Price.Exact());

    private async Task PostAsync(Write write, long? userId, string path, string subject, string body, params object[] values)
    {
        if (await write.Db.Users.SingleOrDefaultAsync(user => user.Id == userId) is not AppUser { Email: { } to } person)
            return;
        await board.PutUpAsync(write, person.Id, NoticeKind.Credits, path);
        stationery.Post(write, to, person.Language, subject, body, path, values);
    }
}
