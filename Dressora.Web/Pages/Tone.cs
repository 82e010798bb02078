namespace Dressora.Web.Pages;

public enum Tone
{
    Plain,
    Good,
    Warn,
    Bad,
}
