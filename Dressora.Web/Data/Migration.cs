using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Dressora.Web.Data;

/// <summary>One numbered SQL file, embedded. Files go forward only and are never edited once they have run anywhere.</summary>
public sealed record Migration(int Number, string Name, string Sql)
{
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>All files of one engine's folder, in order.</summary>
    public static IReadOnlyList<Migration> Of(string engine)
    {
        var prefix = $"{typeof(Migration).Namespace}.{engine}.";
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
                .Select(name => Read(assembly, name, name[prefix.Length..^".sql".Length]))
                .OrderBy(migration => migration.Number),
        ];
    }

    private static Migration Read(Assembly assembly, string resource, string file)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var number = int.Parse(file[..4], CultureInfo.InvariantCulture);
        return new Migration(number, file[5..], reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}
