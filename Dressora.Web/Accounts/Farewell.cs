using Dressora.Web.Data;

namespace Dressora.Web.Accounts;

/// <summary>What another floor does in the write in which an account goes: whatever it has of that person goes with it.</summary>
public delegate Task Farewell(Write write, long userId);
