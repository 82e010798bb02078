namespace Dressora.Web.Payments;

/// <summary>The buttons of the demo's pages. What they do is told by signed calls, as a company far away would.</summary>
public enum DemoAct
{
    Pay,

    /// <summary>Three calls for one payment, the oldest last, under different names.</summary>
    PayAndStutter,

    /// <summary>The bank says no first and yes a minute later.</summary>
    PayLate,
    Fail,
    Refund,
    RefundHalf,
    Dispute,
    Win,
    Lose,
    Renew,
    FailToRenew,
}
