using Dressora.Web.Pictures;

namespace Dressora.Web.Providers.Sandbox;

/// <summary>Draws what was given: the photos beside each other, or the words, and below them whose work this is.</summary>
internal sealed class Cards(SandboxFolder folder, Darkroom darkroom)
{
    internal const string NoPictures = "The sandbox cannot draw: libvips is not installed on this server.";
    private const int Quality = 85;
    private static readonly Colour Paper = new(0xF3, 0xEF, 0xE8);
    private static readonly Colour Ink = new(0x2B, 0x27, 0x33);
    private static readonly Colour Band = new(0x4A, 0x3F, 0x6B);

    internal async Task<Craft> DrawAsync(SandboxJob job, int width, CancellationToken stop)
    {
        var canvas = new Canvas(width, Height(job, width), Paper);
        if (!job.Plan.IsPlain)
            await FillAsync(canvas, job, stop);
        return await darkroom.FixAsync(canvas.Pixels, [new Print(PictureKind.Jpeg, Quality)], stop) is Fixed.Done done
            ? new Craft.Done(done.Prints[0].Bytes, "image/jpeg", ".jpg")
            : new Craft.Cannot(NoPictures);
    }

    /// <summary>The strip that says what this is, to be laid over a film.</summary>
    internal async Task<byte[]?> StripAsync(int width, int height, string text, CancellationToken stop)
    {
        var canvas = new Canvas(width, height, Band);
        canvas.Write(text, new Box(0, 0, width, height), Paper);
        return await darkroom.FixAsync(canvas.Pixels, [new Print(PictureKind.Jpeg, Quality)], stop) is Fixed.Done done
            ? done.Prints[0].Bytes
            : null;
    }

    private async Task FillAsync(Canvas canvas, SandboxJob job, CancellationToken stop)
    {
        var foot = canvas.Height / 8;
        var room = new Box(0, 0, canvas.Width, canvas.Height - foot);
        var pictures = job.Inputs.Where(input => input.Mime.StartsWith("image/", StringComparison.Ordinal)).Take(2).ToList();
        var words = job.Text.Of("prompt").Length > 0 ? job.Text.Of("prompt") : job.Text.Of("text");
        var columns = pictures.Count + (words.Length > 0 || pictures.Count == 0 ? 1 : 0);
        for (var i = 0; i < columns; i++)
        {
            var column = room.Column(i, columns);
            if (i < pictures.Count)
                await PlaceAsync(canvas, job, pictures[i], column, stop);
            else
                canvas.Write(words.Length > 0 ? words : job.Kind.ToString(), column, Ink);
        }

        var strip = new Box(0, canvas.Height - foot, canvas.Width, foot);
        canvas.Fill(strip, Band);
        canvas.Write($"SANDBOX  {Label(job)}", strip, Paper);
    }

    private async Task PlaceAsync(Canvas canvas, SandboxJob job, SandboxFile input, Box column, CancellationToken stop)
    {
        var source = PictureSource.At(folder.PathOf(job.Id, input.Name));
        if (await darkroom.ExposeAsync(source, column.Width, column.Height, stop) is Exposed.Picture picture)
            canvas.Place(picture.Pixels, column);
        else
            canvas.Write("?", column, Ink);
    }

    private static string Label(SandboxJob job) => job.Kind switch
    {
        JobKind.TryOn when job.Text.Of("category").Length > 0 => $"try-on: {job.Text.Of("category")}",
        JobKind.TryOn => "try-on",
        var kind => kind.ToString(),
    };

    private static int Height(SandboxJob job, int width)
    {
        if (job.Text.Of("aspectRatio").Split(':') is [var across, var down]
            && int.TryParse(across, out var a) && int.TryParse(down, out var d) && a is > 0 and < 100 && d is > 0 and < 100)
            return Math.Clamp(width * d / a, width / 3, width * 2) / 2 * 2;
        return width * 3 / 4;
    }
}
