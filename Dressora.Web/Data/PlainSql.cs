using System.Data.Common;
using System.Globalization;

namespace Dressora.Web.Data;

/// <summary>A statement whose holes are parameters, never text.</summary>
internal static class PlainSql
{
    internal static DbCommand Of(DbConnection connection, FormattableString sql)
    {
        var command = connection.CreateCommand();
        var names = new object[sql.ArgumentCount];
        for (var i = 0; i < names.Length; i++)
        {
            var value = command.CreateParameter();
            names[i] = value.ParameterName = $"@p{i}";
            value.Value = sql.GetArgument(i) is DateTimeOffset instant ? InstantConverter.ToMicroseconds(instant) : sql.GetArgument(i);
            command.Parameters.Add(value);
        }

#pragma warning disable CA2100 // The text is a constant of ours; what varies is in the parameters.
        command.CommandText = string.Format(CultureInfo.InvariantCulture, sql.Format, names);
#pragma warning restore CA2100
        return command;
    }
}
