using Dressora.Tests.Harness;

namespace Dressora.Tests.Ledger;

/// <summary>Tells each story to every engine. A database in which one went wrong is thrown away.</summary>
internal sealed class Tellers(Engine[] engines) : IDisposable
{
    private readonly Dictionary<Engine, Vault> _vaults = [];
    private int _story;

    internal void Tell(IReadOnlyList<Line> lines, bool verify) => RunAsync(async () =>
    {
        _story++;
        foreach (var engine in engines)
        {
            var vault = await OpenAsync(engine);
            try
            {
                await new Teller(vault, _story).TellAsync(lines);
                if (verify)
                    await vault.VerifyAsync();
            }
            catch
            {
                _vaults.Remove(engine);
                await vault.DisposeAsync();
                throw;
            }
        }
    });

    internal string Verify()
    {
        var found = new List<string>();
        RunAsync(async () =>
        {
            foreach (var (engine, vault) in _vaults)
                found.Add($"{engine} verified: {await vault.VerifyAsync()}");
        });
        return string.Join(", ", found);
    }

    public void Dispose() => RunAsync(async () =>
    {
        foreach (var vault in _vaults.Values)
            await vault.DisposeAsync();
    });

    private async Task<Vault> OpenAsync(Engine engine) =>
        _vaults.TryGetValue(engine, out var vault) ? vault : _vaults[engine] = await Vault.OpenAsync(engine);

    /// <summary>FsCheck asks without waiting.</summary>
    private static void RunAsync(Func<Task> work) => Task.Run(work).GetAwaiter().GetResult();
}
