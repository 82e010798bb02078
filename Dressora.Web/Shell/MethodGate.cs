using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dressora.Web.Shell;

/// <summary>A page takes GET and what it has handlers for; the framework would show it to any method.</summary>
internal sealed class MethodGate(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var method = context.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method)
            || context.GetEndpoint()?.Metadata.GetMetadata<CompiledPageActionDescriptor>() is not { } page
            || page.HandlerMethods.Any(one => one.HttpMethod.Equals(method, StringComparison.OrdinalIgnoreCase)))
            return next(context);
        var taken = page.HandlerMethods.Select(handler => handler.HttpMethod.ToUpperInvariant());
        context.Response.Headers.Allow = string.Join(", ", taken.Prepend("HEAD").Prepend("GET").Distinct());
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        return Task.CompletedTask;
    }
}
