using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Dressora.Web.Data;

/// <summary>Column names as SQL writes them: <c>LastSeenAt</c> is <c>last_seen_at</c>.</summary>
internal static class SnakeCase
{
    internal static void Name(ModelBuilder builder)
    {
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            if (entity.GetContainerColumnName() is { } container)
            {
                entity.SetContainerColumnName(Of(container));
                continue;
            }

            foreach (var property in entity.GetProperties().Where(p => p.FindAnnotation(RelationalAnnotationNames.ColumnName) is null))
                property.SetColumnName(Of(property.Name));
        }
    }

    internal static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
