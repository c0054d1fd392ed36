using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Fabric.Packets.Addresses;

namespace Fabric.Lab.Pods;

/// <summary>How an attempt from a pod ended, in one word and in a sentence.</summary>
internal sealed record PodAnswer(PodOutcome Outcome, string Text)
{
    public bool IsAnswered => Outcome == PodOutcome.Answered;
}

/// <summary>What a firewall makes of an attempt shows in how it fails.</summary>
internal enum PodOutcome
{
    Answered,

    /// <summary>Actively: a reset or an ICMP error came back.</summary>
    Refused,

    /// <summary>Silence.</summary>
    TimedOut,

    Failed,
}

/// <summary>A tiny client for pods that have neither curl nor ping.</summary>
internal static class PodClient
{
    public static async Task<PodAnswer> GetAsync(Uri url, TimeSpan patience, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        try
        {
            using var response = await http.GetAsync(url, limit.Token).ConfigureAwait(false);
            string body = await response.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.OK
                ? new PodAnswer(PodOutcome.Answered, body.TrimEnd())
                : new PodAnswer(PodOutcome.Failed, $"status {(int)response.StatusCode}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new PodAnswer(PodOutcome.TimedOut, $"no answer within {patience.TotalSeconds:0.#} s");
        }
        catch (HttpRequestException failure)
        {
            bool isRefused = failure.InnerException is SocketException
            {
                SocketErrorCode: SocketError.ConnectionRefused or SocketError.ConnectionReset or SocketError.HostUnreachable or SocketError.AccessDenied,
            };
            return new PodAnswer(isRefused ? PodOutcome.Refused : PodOutcome.Failed, failure.InnerException?.Message ?? failure.Message);
        }
    }

    public static async Task<PodAnswer> PingAsync(IpAddress target, int count, TimeSpan patience, CancellationToken cancellation)
    {
        using var ping = new Ping();
        int answered = 0;
        var fastest = TimeSpan.MaxValue;
        string last = "no answer";
        for (int sequence = 0; sequence < count; sequence++)
        {
            long began = Stopwatch.GetTimestamp();
            var reply = await ping.SendPingAsync(target.ToIPAddress(), patience, cancellationToken: cancellation).ConfigureAwait(false);
            if (reply.Status == IPStatus.Success)
            {
                answered++;
                var took = Stopwatch.GetElapsedTime(began);
                fastest = took < fastest ? took : fastest;
            }
            else
            {
                last = reply.Status.ToString();
            }
        }

        return answered == count
            ? new PodAnswer(PodOutcome.Answered, $"{answered} of {count} answered, the fastest in {fastest.TotalMilliseconds:0.00} ms")
            : new PodAnswer(answered == 0 && last == nameof(IPStatus.TimedOut) ? PodOutcome.TimedOut : PodOutcome.Failed, $"{answered} of {count} answered: {last}");
    }
}
