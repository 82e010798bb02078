using System.Globalization;
using Dressora.Tests.Harness;
using Dressora.Tests.House;
using Dressora.Web.Operations;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Dressora.Tests.Operations;

public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_owner_can_read_them_all() => Assert.InRange(Settings.All.Count, 1, Settings.CountMax);

    [Fact]
    public void Every_options_class_is_on_the_list()
    {
        var classes = typeof(Settings).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section") is { IsLiteral: true });

        Assert.Equal(
            classes.Select(type => ((string)type.GetField("Section")!.GetRawConstantValue()!, type)).ToHashSet(),
            Settings.Sections.Select(section => (section.Name, section.Options)).ToHashSet());
    }

    [Fact]
    public void Every_setting_starts_out_right() => Assert.Empty(Faults());

    [Fact]
    public void The_example_holds_every_setting_with_its_default()
    {
        var file = Path.Combine(SourceTree.Root, "appsettings.example.json");
        var example = new ConfigurationBuilder().AddJsonFile(file).Build();
        var alone = Settings.All.Where(setting => !setting.Key.Contains(':')).ToList();
        var inSections = Settings.All.Except(alone).Where(setting => !setting.Key.Contains(Setting.AnyName)).ToList();

        Assert.All(alone, setting => Assert.Contains($"//   \"{setting.Key}\":", File.ReadAllText(file), StringComparison.Ordinal));
        Assert.Equal(
            inSections.ToDictionary(setting => setting.Key, setting => Text(setting.Default)),
            example.AsEnumerable().Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!));
    }

    [Fact]
    public void The_example_can_be_used_as_it_is()
    {
        File.Copy(Path.Combine(SourceTree.Root, "appsettings.example.json"), _folder["settings.json"]);

        Assert.Empty(Faults());
    }

    [Theory]
    [InlineData("--Mail:Pasword=x", "Mail:Pasword (command line) is not a setting; did you mean Mail:Password?")]
    [InlineData("--dtaa=x", "dtaa (command line) is not a setting; did you mean Data?")]
    [InlineData("--Mail:Quite:Different=x", "Mail:Quite:Different (command line) is not a setting.")]
    [InlineData("--Mail:Port=", "Mail:Port is empty (command line) and must be a whole number.")]
    [InlineData("--Mail:Tls=perhaps", "Mail:Tls is perhaps (command line) and must be true or false.")]
    [InlineData("--Database:Provider=1", "Database:Provider is 1 (command line) and must be one of Sqlite, Postgres.")]
    [InlineData("--Mail:Port=70000", "Mail:Port is 70000 (command line) and must be between 1 and 65535.")]
    [InlineData("--Site:Name=", "Site:Name is empty (command line) and must not be empty.")]
    [InlineData("--Database:Provider=Postgres", "Database:ConnectionString must name a server when Database:Provider is Postgres.")]
    [InlineData("--PORT=0", "PORT is 0 (command line) and must be between 1 and 65535.")]
    [InlineData("--urls=http://127.0.0.1:5080/behind", "Urls is http://127.0.0.1:5080/behind (command line) and must be addresses such as http://127.0.0.1:5080, separated by semicolons.")]
    public void A_slip_is_said_with_the_key_the_value_and_where_it_stands(string setting, string fault) =>
        Assert.Equal([fault], Faults(setting));

    [Fact]
    public void One_value_that_does_not_convert_does_not_hide_another_fault_of_its_section()
    {
        var faults = Faults("--Mail:Port=abc", "--Mail:Host=smtp.example.org");

        Assert.Equal(
            ["Mail:Port is abc (command line) and must be a whole number.", "Mail:From must be an e-mail address when Mail:Host is set."],
            faults);
    }

    [Theory]
    [InlineData("Logging:LogLevel:Default", "Warning")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://127.0.0.1:1")]
    [InlineData("AllowedHosts", "*")]
    public void What_belongs_to_the_framework_is_left_to_it(string key, string value) => Assert.Empty(Faults($"--{key}={value}"));

    [Fact]
    public void The_command_line_wins_over_secrets_and_those_over_settings()
    {
        File.WriteAllText(_folder["settings.json"], """{ "Mail:User": "settings", "Mail:From": "s@example.org", "Site:Name": "Atelier" }""");
        File.WriteAllText(_folder["secrets.json"], """{ "Mail:User": "secrets", "Mail:Password": "x" }""");

        var house = Open("--Mail:Password=y");

        Assert.Equal("secrets", house.Configuration["Mail:User"]);
        Assert.Equal("y", house.Configuration["Mail:Password"]);
        Assert.Equal("Atelier", house.Configuration["Site:Name"]);
    }

    [Fact]
    public void A_settings_file_that_cannot_be_read_is_a_fault_and_no_crash()
    {
        File.WriteAllText(_folder["settings.json"], "{ \"Mail\": ");

        var house = Open();

        Assert.Contains("settings.json in the data folder cannot be read: ", Assert.Single(house.FileFaults), StringComparison.Ordinal);
    }

    [Fact]
    public void The_data_folder_cannot_be_named_in_its_own_file()
    {
        File.WriteAllText(_folder["settings.json"], """{ "Data": "/elsewhere" }""");

        Assert.Equal("Data cannot be set in settings.json: that file is found in the data folder.", Assert.Single(Faults()));
    }

    [Theory]
    [InlineData("--urls=http://127.0.0.1:7000", "http://127.0.0.1:7000")]
    [InlineData("--urls=http://*:7000;http://127.0.0.1:1", "http://localhost:7000")]
    [InlineData("--PORT=7000", "http://localhost:7000")]
    [InlineData("--Site:Address=https://studio.example.org", "https://studio.example.org")]
    public void The_sites_address_is_where_it_listens_until_somebody_says_otherwise(string setting, string address) =>
        Assert.Equal(address, Open(setting).Configuration["Site:Address"]);

    [Theory]
    [InlineData("Mail:Password", "hunter2", "********")]
    [InlineData("Providers:FalKey", "hunter2", "********")]
    [InlineData("SignInWith:Other:ClientSecret", "hunter2", "********")]
    [InlineData("Mail:Password", "", "")]
    [InlineData("Mail:User", "olga", "olga")]
    [InlineData("Database:ConnectionString", "Host=db;Password=hunter2;SSL Key=k", "host=db;password=********;ssl key=********")]
    [InlineData("Database:ConnectionString", "hunter2 without sense", "********")]
    public void Secrets_are_masked(string key, string value, string shown) =>
        Assert.Equal(shown, Settings.All.Single(setting => setting.Key == key).Shows(value), ignoreCase: true);

    [Fact]
    public void Whatever_sounds_like_a_secret_is_one() => Assert.All(
        Settings.All.Where(setting => setting.Key.Contains("Secret") || setting.Key.Contains("Password") || setting.Key.EndsWith("Key", StringComparison.Ordinal)),
        setting => Assert.True(setting.IsSecret, setting.Key));

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private OpenedHouse Open(params string[] settings) => OpenedHouse.Open([$"--data={_folder.Path}", .. settings]);

    private IReadOnlyList<string> Faults(params string[] settings) => SettingFaults.Of(Open(settings).Configuration);
}
