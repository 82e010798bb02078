namespace Dressora.Web.Pages.Learn;

/// <summary>
/// Something to read: its address, its title and first words, and the partial that holds it. Texts are keys.
/// </summary>
public sealed record Article(string Slug, string Title, string Summary, string Partial)
{
    public static IReadOnlyList<Article> All { get; } =
    [
        new(
            "photos", "A photo that works",
            "What to wear, where to stand, and what the camera should see.", "_Photos"),
        new(
            "prompts", "Words that work",
            "Describing a garment, a picture or a movement so that a model understands it.", "_Prompts"),
        new(
            "credits", "How credits work",
            "Held, kept, given back: what happens to every credit, and when.", "_Credits"),
        new(
            "questions", "Questions people ask",
            "Waiting, failing, keeping, deleting, and who sees what.", "_Questions"),
    ];

    public string Path => $"/learn/{Slug}";
}
