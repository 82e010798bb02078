using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Dressora.Tests.House;

/// <summary>What EF believes the database looks like.</summary>
internal static class SchemaOfModel
{
    internal static Schema Read(DressoraDb db)
    {
        var schema = new Schema();
        var model = db.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        foreach (var table in model.Tables)
        {
            foreach (var column in table.Columns)
                schema.Column(table.Name, column.Name, column.StoreType, column.IsNullable);
            schema.PrimaryKey(table.Name, table.PrimaryKey!.Columns.Select(column => column.Name));
            foreach (var index in table.Indexes)
                schema.Index(table.Name, index.Name, index.IsUnique, index.Columns.Select(column => column.Name));
            foreach (var key in table.ForeignKeyConstraints)
            {
                schema.ForeignKey(
                    table.Name, key.Columns.Select(column => column.Name), key.PrincipalTable.Name,
                    key.PrincipalColumns.Select(column => column.Name), key.OnDeleteAction.ToString().ToUpperInvariant());
            }

            foreach (var column in table.Columns.Where(column => EnumOf(column) is not null))
                schema.Choice(table.Name, column.Name, Enum.GetNames(EnumOf(column)!));
        }

        return schema;
    }

    private static Type? EnumOf(IColumn column)
    {
        var type = column.PropertyMappings is [var mapping, ..] ? mapping.Property.ClrType : null;
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        return type is { IsEnum: true } ? type : null;
    }
}
