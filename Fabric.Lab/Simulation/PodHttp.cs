using System.Globalization;
using System.Text;
using Fabric.Lab.Pods;
using Fabric.Packets.Addresses;

namespace Fabric.Lab.Simulation;

/// <summary>As much of HTTP/1.1 (RFC 9112) as shows that two pods can talk: one GET and one answer per connection.</summary>
internal sealed class PodHttp(PodTcp tcp, PodTimers timers)
{
    private const string EndOfHead = "\r\n\r\n";

    /// <summary>Answers every request to this port; the text is made from the path and the caller.</summary>
    public void Serve(ushort port, Func<string, IpAddress, string> answer) => tcp.Listen(port, (connection, caller) =>
    {
        var request = new StringBuilder();
        connection.Received = bytes =>
        {
            request.Append(Encoding.ASCII.GetString(bytes.Span));
            string text = request.ToString();
            if (!text.Contains(EndOfHead, StringComparison.Ordinal))
            {
                return;
            }

            string[] line = text[..text.IndexOf('\r', StringComparison.Ordinal)].Split(' ');
            bool isGet = line is ["GET", _, _];
            byte[] body = Encoding.UTF8.GetBytes(isGet ? answer(line[1], caller) : "only GET is served here\n");
            string head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {(isGet ? "200 OK" : "405 Method Not Allowed")}\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\nConnection: close{EndOfHead}");
            connection.Write(Encoding.ASCII.GetBytes(head));
            connection.Write(body);
            connection.Close();
        };
        connection.PeerClosed = connection.Close;
    });

    /// <summary>The answer's content is the body of a 200; another status is a failure.</summary>
    public void Get(IpAddress destination, ushort port, string path, TimeSpan timeout, Action<SimulatedAnswer> answered)
    {
        long start = timers.Now;
        if (tcp.Connect(destination, port) is not { } connection)
        {
            answered(PodFault.NoWay.After(TimeSpan.Zero));
            return;
        }

        bool isOver = false;
        PodTimer? timer = null;
        void Finish(PodOutcome outcome, string text)
        {
            if (!isOver)
            {
                isOver = true;
                timer?.Cancel();
                answered(new SimulatedAnswer(outcome, text, timers.Since(start)));
            }
        }

        var response = new List<byte>();
        timer = timers.After(timeout, () => Finish(PodOutcome.TimedOut, PodFault.Silence.Reason));
        connection.Received = bytes => response.AddRange(bytes.Span);
        connection.PeerClosed = () =>
        {
            var (outcome, text) = Read([.. response]);
            Finish(outcome, text);
            connection.Close();
        };
        connection.Ended = fault => Finish(fault?.Outcome ?? PodOutcome.Failed, fault?.Reason ?? "closed without an answer");
        connection.Opened = () => connection.Write(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {destination}\r\nConnection: close{EndOfHead}"));
        connection.Open();
    }

    private static (PodOutcome Outcome, string Text) Read(byte[] response)
    {
        string text = Encoding.UTF8.GetString(response);
        int end = text.IndexOf(EndOfHead, StringComparison.Ordinal);
        return end < 0 || !text.StartsWith("HTTP/1.", StringComparison.Ordinal) ? (PodOutcome.Failed, "the answer is no HTTP")
            : text.AsSpan(9, 3) is "200" ? (PodOutcome.Answered, text[(end + EndOfHead.Length)..])
            : (PodOutcome.Failed, text[..text.IndexOf('\r', StringComparison.Ordinal)]);
    }
}
