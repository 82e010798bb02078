namespace Dressora.Web.Operations;

/// <summary>What the process tells whoever started it (sysexits.h).</summary>
public static class Exit
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int Usage = 64;
    public const int Unavailable = 69;
    public const int Configuration = 78;
}
