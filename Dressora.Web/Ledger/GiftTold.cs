using Dressora.Web.Data;

namespace Dressora.Web.Ledger;

/// <summary>Whoever was given credits by hand learns of it, in the write that gave them.</summary>
public delegate Task GiftTold(Write write, long userId);
