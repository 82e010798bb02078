using Dressora.Web.Operations;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Data;

public sealed partial class DressoraDb
{
    public DbSet<ScheduledTask> Tasks => Set<ScheduledTask>();

    private static void BuildOperations(ModelBuilder builder) =>
        builder.Entity<ScheduledTask>().ToTable("tasks").HasKey(task => task.Name);
}
