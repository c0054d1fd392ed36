using Fabric.Manager.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fabric.Manager.Endpoints;

/// <summary>Gives NSX's shape to what no handler answered: paths and methods not served, bodies the server refused, and bugs.</summary>
internal sealed class ErrorAnswers(ILogger<ErrorAnswers> logger) : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (BadHttpRequestException wrong) when (!context.Response.HasStarted)
        {
            await Answers.Error(wrong.StatusCode == StatusCodes.Status413PayloadTooLarge ? ApiErrors.TooLarge(RequestBody.Limit) : ApiErrors.Malformed(wrong.Message))
                .ExecuteAsync(context).ConfigureAwait(false);
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // nobody is left to answer
        }
#pragma warning disable CA1031 // the one handler of bugs: logged, and 500 in NSX's shape
        catch (Exception bug) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            logger.RequestFailed(context.Request.Method, context.Request.Path, bug);
            await Answers.Error(ApiErrors.Internal()).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        var response = context.Response;
        if (response.HasStarted || response.ContentLength is not null || context.Request.Path.StartsWithSegments("/fabric.v1.ConfigFeed", StringComparison.Ordinal))
        {
            return;
        }

        if (response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed)
        {
            await Answers.Error(response.StatusCode == StatusCodes.Status404NotFound ? context.NotServed() : context.MethodNotServed())
                .ExecuteAsync(context).ConfigureAwait(false);
        }
    }
}
