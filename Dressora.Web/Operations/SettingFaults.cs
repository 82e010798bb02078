using System.ComponentModel.DataAnnotations;

namespace Dressora.Web.Operations;

/// <summary>Everything that is wrong with what was configured, each in a sentence.</summary>
internal static class SettingFaults
{
    internal static IReadOnlyList<string> Of(IConfigurationRoot configuration)
    {
        var given = GivenValue.All(configuration);
        var unfit = Strongest(given).Where(pair => !pair.Setting.Takes(pair.Value.Text)).ToList();
        return
        [
            .. given.Select(Unknown).OfType<string>().Distinct(),
            .. unfit.Select(pair => $"{Told(pair.Setting, pair.Value)} and must be {pair.Setting.Kind}."),
            .. Settings.Sections.SelectMany(section => Broken(section, configuration, [.. unfit.Select(pair => pair.Value.Key)], given)),
        ];
    }

    /// <summary>Each setting's value that counts, out of all that were given.</summary>
    internal static IEnumerable<(Setting Setting, GivenValue Value)> Strongest(IEnumerable<GivenValue> given) =>
        given.DistinctBy(value => value.Key.ToUpperInvariant())
            .Select(value => (Setting: Settings.Find(value.Key)!, Value: value))
            .Where(pair => pair.Setting is not null);

    private static string? Unknown(GivenValue value)
    {
        var known = Settings.Find(value.Key);
        if (known is not null)
        {
            var circular = known.Key == nameof(ServerOptions.Data)
                && value.Source is SettingSource.DataFolderSettings or SettingSource.DataFolderSecrets;
            return circular ? $"Data cannot be set in {GivenValue.Say(value.Source)}: that file is found in the data folder." : null;
        }

        if (!IsOurs(value))
            return null;
        var meant = Spelling.Closest(value.Key, Settings.All.Select(setting => setting.Key));
        return $"{value.Key} ({GivenValue.Say(value.Source)}) is not a setting"
            + (meant is null ? "." : $"; did you mean {meant}?");
    }

    /// <summary>
    /// Files and the command line are ours alone, so a stray word there is a slip. The environment belongs to everyone:
    /// there only what stands in a section of ours, or nearly, was meant for us.
    /// </summary>
    private static bool IsOurs(GivenValue value)
    {
        var parts = value.Key.Split(':');
        if (Settings.Foreign.Contains(parts[0], StringComparer.OrdinalIgnoreCase) || value.Source == SettingSource.Default)
            return false;
        if (value.Source != SettingSource.Environment)
            return true;
        var sections = Settings.Sections.Select(section => section.Name.Split(':')[0]).Where(name => name.Length > 0);
        return parts.Length > 1 && Spelling.Closest(parts[0], sections) is not null;
    }

    private static IEnumerable<string> Broken(
        SettingSection section, IConfigurationRoot configuration, HashSet<string> unfit, IReadOnlyList<GivenValue> given)
    {
        var options = Bind(section, configuration, unfit);
        var context = new ValidationContext(options);
        var results = new List<ValidationResult>();
        foreach (var property in section.Options.GetProperties())
        {
            context.MemberName = property.Name;
            foreach (var rule in property.GetCustomAttributes(inherit: true).OfType<ValidationAttribute>())
            {
                if (rule.GetValidationResult(property.GetValue(options), context) is not null)
                    results.Add(new ValidationResult(Words(rule), [property.Name]));
            }
        }

        if (options is IValidatableObject whole)
            results.AddRange(whole.Validate(new ValidationContext(options)));
        foreach (var result in results)
        {
            var key = $"{section.Name}:{result.MemberNames.FirstOrDefault()}".Trim(':');
            var setting = Settings.Find(key);
            var value = given.FirstOrDefault(value => value.Key.Equals(key, StringComparison.OrdinalIgnoreCase));
            if (!unfit.Contains(key))
                yield return (setting is null || value is null ? key : Told(setting, value) + " and") + $" {result.ErrorMessage}";
        }
    }

    /// <summary>Bound without the values that do not convert, so that one slip does not hide the others.</summary>
    private static object Bind(SettingSection section, IConfigurationRoot configuration, HashSet<string> unfit)
    {
        var fit = configuration.AsEnumerable().Where(pair => pair.Value is not null && !unfit.Contains(pair.Key));
        IConfiguration all = new ConfigurationBuilder().AddInMemoryCollection(fit).Build();
        var options = Activator.CreateInstance(section.Options)!;
        (section.Name.Length == 0 ? all : all.GetSection(section.Name)).Bind(options);
        return options;
    }

    private static string Words(ValidationAttribute rule) => rule switch
    {
        RangeAttribute range => $"must be between {range.Minimum} and {range.Maximum}.",
        RequiredAttribute => "must not be empty.",
        StringLengthAttribute length => $"must be at most {length.MaximumLength} characters long.",
        _ => rule.FormatErrorMessage("it"),
    };

    private static string Told(Setting setting, GivenValue value)
    {
        var shown = value.Text.Length == 0 ? "empty" : setting.Shows(value.Text);
        var name = setting.Key.Contains(Setting.AnyName, StringComparison.Ordinal) ? value.Key : setting.Key;
        return $"{name} is {shown} ({GivenValue.Say(value.Source)})";
    }
}
