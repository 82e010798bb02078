namespace Dressora.Web.Data;

/// <summary>Gives each write its turn: a queue before SQLite's one connection, a transaction on PostgreSQL.</summary>
public interface IWriter : IAsyncDisposable
{
    Task<T> WriteAsync<T>(Func<Write, Task<T>> work, CancellationToken cancel);
}
