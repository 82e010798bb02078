namespace Dressora.Web.Providers.Tailor;

/// <summary>The rule of the tailor's that a photo failed.</summary>
internal enum PhotoFault
{
    NoPerson,
    SeveralPeople,
    NoFace,
    NotFacing,
    NotStanding,
    ArmsUp,
    WornGarment,
    BusyGround,
    UnclearGarment,
}
