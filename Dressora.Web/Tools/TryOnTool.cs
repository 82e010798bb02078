using System.Text.Json.Nodes;
using Dressora.Web.Providers;

namespace Dressora.Web.Tools;

/// <summary>A person's photo in another outfit: one that a photo shows, or one that words describe.</summary>
public sealed class TryOnTool : Tool
{
    public const string Word = "try-on";
    public const string Person = "person";
    public const string Garment = "garment";
    public const string Description = "description";
    public const string Category = "category";
    public const string AspectRatio = "aspectRatio";
    public const string Auto = "auto";
    public const string Top = "top";
    public const int DescriptionMax = 500;
    private const int DescriptionMin = 3;
    private const int SideMin = 256;
    private const string Prompt = "prompt";
    private const string Scenario = "scenario";

    public static readonly IReadOnlyList<string> Categories = [Auto, Top, "bottom", "one-piece"];
    public static readonly IReadOnlyList<string> AspectRatios = [Auto, "3:4", "4:5", "2:3", "1:1", "9:16"];

    public override string Name => Word;
    public override string Title => "Try-on";
    public override JobKind Kind => JobKind.TryOn;
    public override IReadOnlyList<FileField> Files { get; } = [new(Person, IsRequired: true, SideMin), new(Garment, IsRequired: false, SideMin)];

    internal override IReadOnlyList<Fault> Check(ToolForm form)
    {
        var faults = new List<Fault>();
        var description = form.Text(Description);
        if (!form.Has(Person))
            faults.Add(new(Person, "Choose a photo of a person."));
        if (!form.Has(Garment) && description.Length == 0)
            faults.Add(new(Garment, "Choose a photo of the garment, or describe the outfit."));
        if (form.Has(Garment) && description.Length > 0)
            faults.Add(new(Description, "Choose a photo or describe the outfit, not both."));
        if (description.Length is > 0 and < DescriptionMin)
            faults.Add(new(Description, "Describe the outfit in a few words."));
        if (description.Length > DescriptionMax)
            faults.Add(new(Description, "At most {0} characters; these are {1}.", DescriptionMax, description.Length));
        if (PromptRules.Refuse(description) is { } rule)
            faults.Add(new(Description, rule) { IsForbidden = true });
        if (!Categories.Contains(form.Choice(Category, Auto)))
            faults.Add(new(Category, "Choose one of the kinds of garment."));
        // Words name no kind by themselves; a photo shows it.
        else if (description.Length > 0 && !form.Has(Garment) && form.Choice(Category, Auto) == Auto)
            faults.Add(new(Category, "Say which kind of garment you describe: only a photo shows it by itself."));
        if (!AspectRatios.Contains(form.Choice(AspectRatio, Auto)))
            faults.Add(new(AspectRatio, "Choose one of the formats."));
        return faults;
    }

    internal override JsonObject Parameters(ToolForm form)
    {
        var parameters = new JsonObject
        {
            [Category] = form.Choice(Category, Auto),
            [AspectRatio] = form.Choice(AspectRatio, Auto),
        };
        if (form.Text(Description) is { Length: > 0 } description)
            parameters[Prompt] = description;
        if (form.Text(Scenario) is { Length: > 0 } scenario)
            parameters[Scenario] = scenario;
        return parameters;
    }

    public override string? WordsOf(JsonObject parameters) => parameters[Prompt]?.ToString();

    public override IReadOnlyDictionary<string, string> Fields(JsonObject parameters) => parameters.ToDictionary(
        pair => pair.Key == Prompt ? Description : pair.Key, pair => pair.Value?.ToString() ?? "");
}
