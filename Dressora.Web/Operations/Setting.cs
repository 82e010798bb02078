using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using System.Globalization;
using System.Reflection;

namespace Dressora.Web.Operations;

/// <summary>One setting: <c>Mail:Port</c>. A star stands for a name that the owner chooses.</summary>
public sealed record Setting(string Key, PropertyInfo Property, Type Type, object? Default)
{
    public const string AnyName = "*";

    private const string Masked = "********";
    private static readonly string[] SecretEndings = ["Password", "Key", "Secret", "Token"];
    private static readonly string[] Secrets = ["password", "pwd", "passfile", "key", "secret"];

    public bool IsSecret =>
        Property.GetCustomAttribute<DataTypeAttribute>() is { DataType: DataType.Password }
        || SecretEndings.Any(ending => Property.Name.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>What a value of it looks like, in words.</summary>
    public string Kind => Plain switch
    {
        { IsEnum: true } => "one of " + string.Join(", ", Enum.GetNames(Plain)),
        _ when Plain == typeof(bool) => "true or false",
        _ when Plain == typeof(int) || Plain == typeof(long) => "a whole number",
        _ when Plain == typeof(double) || Plain == typeof(decimal) => "a number",
        _ when Plain == typeof(TimeSpan) => "a time such as 00:05:00",
        _ => "a text",
    };

    private Type Plain => Nullable.GetUnderlyingType(Type) ?? Type;

    public static IEnumerable<Setting> Of(SettingSection section) => Of(section.Options, section.Name);

    /// <summary>Whether a key as it was given names this setting.</summary>
    public bool Covers(string key)
    {
        var (mine, given) = (Key.Split(':'), key.Split(':'));
        return mine.Length == given.Length && mine.Zip(given).All(pair =>
            pair.First == AnyName || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
    }

    public bool Takes(string text)
    {
        if (text.Length == 0 && Plain != Type)
            return true;
        if (Plain.IsEnum)
            return Enum.GetNames(Plain).Contains(text, StringComparer.OrdinalIgnoreCase);
        try
        {
            return TypeDescriptor.GetConverter(Plain).ConvertFromInvariantString(text) is not null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>The value as it may be printed.</summary>
    public string Shows(string text)
    {
        if (text.Length == 0)
            return "";
        if (IsSecret)
            return Masked;
        return Property.Name.EndsWith("ConnectionString", StringComparison.Ordinal) ? WithoutPassword(text) : text;
    }

    private static string WithoutPassword(string connection)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connection };
            foreach (var key in parts.Keys.Cast<string>().Where(key => Secrets.Any(key.Contains)).ToList())
                parts[key] = Masked;
            return parts.ConnectionString;
        }
        catch (ArgumentException)
        {
            return Masked;
        }
    }

    private static IEnumerable<Setting> Of(Type type, string prefix)
    {
        var made = Activator.CreateInstance(type);
        foreach (var property in type.GetProperties().Where(property => property.GetMethod!.GetParameters().Length == 0))
        {
            var key = prefix.Length == 0 ? Root(property.Name) : $"{prefix}:{property.Name}";
            if (IsPlain(property.PropertyType))
            {
                if (property.SetMethod is { IsPublic: true })
                    yield return new Setting(key, property, property.PropertyType, property.GetValue(made));
                continue;
            }

            foreach (var inner in Inside(property, key))
                yield return inner;
        }
    }

    private static IEnumerable<Setting> Inside(PropertyInfo property, string key)
    {
        var type = property.PropertyType;
        if (!typeof(IEnumerable).IsAssignableFrom(type))
            return type.Namespace?.StartsWith("Dressora", StringComparison.Ordinal) == true ? Of(type, key) : [];
        var item = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[^1];
        return IsPlain(item) ? [new Setting($"{key}:{AnyName}", property, item, null)] : Of(item, $"{key}:{AnyName}");
    }

    private static bool IsPlain(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var plain
        && (plain.IsPrimitive || plain.IsEnum || plain == typeof(string) || plain == typeof(decimal) || plain == typeof(TimeSpan));

    /// <summary>Containers know the port as PORT; the other two are written as words.</summary>
    private static string Root(string name) =>
        name == nameof(ServerOptions.Port) ? name.ToUpper(CultureInfo.InvariantCulture) : name;
}
