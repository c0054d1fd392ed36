using Microsoft.EntityFrameworkCore;

namespace Fabric.Manager.Storage;

/// <summary>The tables of the manager: resources as JSON, the journal of their changes, settings, and the managers that share them.</summary>
internal sealed class ManagerDb(DbContextOptions<ManagerDb> options) : DbContext(options)
{
    public DbSet<ResourceRow> Resources => Set<ResourceRow>();

    public DbSet<JournalRow> Journal => Set<JournalRow>();

    public DbSet<SettingRow> Settings => Set<SettingRow>();

    public DbSet<MemberRow> Members => Set<MemberRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var resources = modelBuilder.Entity<ResourceRow>();
        if (Database.IsSqlite())
        {
            // The manager knows each row by its number. An index over random ids would cost a page of the log for every write of a commit.
            resources.HasKey(row => row.Number);
            resources.Property(row => row.Number).HasColumnName("rowid").ValueGeneratedNever();
        }
        else
        {
            resources.Ignore(row => row.Number);
            resources.HasKey(row => new { row.Kind, row.Id });
        }

        modelBuilder.Entity<JournalRow>().HasKey(row => new { row.Sequence, row.Ordinal });
        modelBuilder.Entity<SettingRow>().HasKey(row => row.Key);
        modelBuilder.Entity<MemberRow>().HasKey(row => row.Id);
    }
}

/// <summary>A resource as it is kept.</summary>
internal sealed class ResourceRow
{
    /// <summary>Of a SQLite file alone: the row's own number there.</summary>
    public long Number { get; init; }

    public required string Kind { get; init; }

    public required string Id { get; init; }

    public required string Type { get; set; }

    public required long Revision { get; set; }

    public required string Body { get; set; }
}

/// <summary>That a resource was changed by a transaction.</summary>
internal sealed class JournalRow
{
    public required long Sequence { get; init; }

    public required int Ordinal { get; init; }

    public required string Kind { get; init; }

    public required string Id { get; init; }

    public required bool Deleted { get; init; }
}

/// <summary>A setting of the manager itself.</summary>
internal sealed class SettingRow
{
    public required string Key { get; init; }

    public required string Value { get; set; }
}

/// <summary>A manager that works on this database, and when it last said so by the database's clock.</summary>
internal sealed class MemberRow
{
    public required string Id { get; init; }

    public required string Address { get; set; }

    public required long StartedAt { get; set; }

    public required DateTimeOffset Seen { get; set; }
}
