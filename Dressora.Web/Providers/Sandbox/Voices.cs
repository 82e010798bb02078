using System.Text;

namespace Dressora.Web.Providers.Sandbox;

/// <summary>Speech by espeak-ng.</summary>
internal sealed class Voices(SandboxFolder folder, Tool tool)
{
    private const int LettersMax = 5_000;
    private static readonly string[] Languages = ["en", "ru", "hi"];

    internal async Task<Craft> SpeakAsync(SandboxJob job, CancellationToken stop)
    {
        var text = job.Text.Of("text") is { Length: > 0 } given ? given : job.Text.Of("prompt");
        if (text.Length == 0)
            return new Craft.Cannot("The sandbox was given nothing to say.");
        folder.Keep(job.Id, "words.txt", Encoding.UTF8.GetBytes("Sandbox. " + (text.Length > LettersMax ? text[..LettersMax] : text)));
        var sound = folder.PathOf(job.Id, "voice.wav");
        var language = Languages.FirstOrDefault(known => known == job.Text.Of("language")) ?? Guess(text);
        return await tool.RunAsync("espeak-ng", ["-v", language, "-w", sound, "-f", folder.PathOf(job.Id, "words.txt")], stop) switch
        {
            ToolEnd.Done => new Craft.Done(await File.ReadAllBytesAsync(sound, stop), "audio/wav", ".wav"),
            ToolEnd.NotInstalled => new Craft.Cannot("The sandbox cannot speak: espeak-ng is not installed on this server."),
            _ => new Craft.Cannot("The sandbox could not speak this."),
        };
    }

    private static string Guess(string text) =>
        text.Any(letter => letter is >= 'Ѐ' and <= 'ӿ') ? "ru" : text.Any(letter => letter is >= 'ऀ' and <= 'ॿ') ? "hi" : "en";
}
