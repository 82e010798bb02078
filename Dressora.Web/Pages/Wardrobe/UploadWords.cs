using Dressora.Web.Media;
using Dressora.Web.Outbound;
using Dressora.Web.Pictures;
using Dressora.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Wardrobe;

/// <summary>Which rule a file failed, whose fault that is, and what to do; null for one that is kept.</summary>
public static class UploadWords
{
    private const long Megabyte = 1024 * 1024;

    public static string? Of(Uploaded outcome, PictureLimits limits, IStringLocalizer<Words> words) => outcome switch
    {
        Uploaded.Kept => null,
        Uploaded.Refused { Fault: var fault } => Of(fault, limits, words),
        Uploaded.Blocked => words["This picture was reported and removed here, and it is not taken again."],
        Uploaded.Full { QuotaMegabytes: var quota } =>
            words["Your wardrobe is full: {0} MB is what one person may keep here. Delete something first.", quota],
        Uploaded.NotFetched { Fault: var fault } => Of(fault, limits, words),
        Uploaded.StoreDown => words["Our storage does not take files right now. Nothing is wrong with yours; try again in a few minutes."],
        _ => words["That file is not waiting here any more. Choose it again."],
    };

    private static string Of(PictureFault fault, PictureLimits limits, IStringLocalizer<Words> words) => fault switch
    {
        PictureFault.Empty => words["The file is empty: nothing arrived of it. Choose it again."],
        PictureFault.TooManyBytes => words["The file is larger than {0} MB. Send a smaller copy of it.", limits.BytesMax / Megabyte],
        PictureFault.NotAPicture => words["That is not a JPEG, PNG, WebP or HEIC picture by its content, whatever it is called."],
        PictureFault.Broken => words["The picture begins well and then breaks off. Save it again where it came from."],
        PictureFault.TooManyPixels => words["The picture has more than {0} million pixels. Send a smaller copy of it.", limits.PixelsMax / 1_000_000],
        PictureFault.TooWide => words["One side of the picture is longer than {0} pixels. Send a smaller copy of it.", limits.SideMax],
        PictureFault.Moving => words["The picture moves. Send one that stands still."],
        PictureFault.TooSlow or PictureFault.TooBig => words["The picture is built so that it cannot be read in reasonable time. Save it again as a JPEG."],
        PictureFault.Busy => words["Too many pictures arrive at once. Nothing is wrong with yours; try again in a minute."],
        _ => words["This server cannot read pictures yet: a part of it is not installed. Whoever runs it can see that under Admin."],
    };

    private static string Of(FetchFault fault, PictureLimits limits, IStringLocalizer<Words> words) => fault switch
    {
        FetchFault.NotAllowed => words["Only links that begin with https:// and lead to a public site are followed."],
        FetchFault.Private => words["That link leads into a private network, and is not followed."],
        FetchFault.NoSuchName => words["There is no site of that name. Look the link over."],
        FetchFault.Refused => words["The other site does not give us that picture. Save it to your device and choose the file."],
        FetchFault.TooManyRedirects => words["The link leads on and on. Open it, and copy the address of the picture itself."],
        FetchFault.TooManyBytes => words["The file is larger than {0} MB. Send a smaller copy of it.", limits.BytesMax / Megabyte],
        FetchFault.TooSlow => words["The other site took too long. Save the picture to your device and choose the file."],
        _ => words["The other site does not answer. Save the picture to your device and choose the file."],
    };
}
