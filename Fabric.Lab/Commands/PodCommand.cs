using System.CommandLine;
using Fabric.Lab.Hosting;
using Fabric.Lab.Pods;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Links;

namespace Fabric.Lab.Commands;

/// <summary>`fabric pod`: small workloads to run inside pods, so that a lab needs no curl and no web server.</summary>
internal static class PodCommand
{
    public static Command Create()
    {
        var pod = new Command("pod", "Small workloads to run inside a pod.");
        pod.Subcommands.Add(Serve());
        pod.Subcommands.Add(Get());
        pod.Subcommands.Add(Ping());
        pod.Subcommands.Add(SendRaw());
        return pod;
    }

    private static Command Serve()
    {
        var port = new Option<int>("--http") { Description = "Port of the HTTP server and of the UDP echo", DefaultValueFactory = _ => 80 };
        var serve = new Command("serve", "Serve HTTP and echo UDP until ended.") { port };
        serve.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            await new PodServer(parsed.GetValue(port)).RunAsync(Console.Out, interruption.Token).ConfigureAwait(false);
            return 0;
        });
        return serve;
    }

    private static Command Get()
    {
        var url = new Argument<string>("url") { Description = "Such as http://10.10.2.2/" };
        var patience = Patience();
        var get = new Command("get", "Fetch a URL. Exit code 0: answered, 1: failed, 3: refused, 4: silence.") { url, patience };
        get.SetAction(async (parsed, cancellation) =>
        {
            string text = parsed.GetValue(url)!;
            if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp)
            {
                throw new UsageException($"\"{text}\" is no URL such as http://10.10.2.2/");
            }

            var limit = TimeSpan.FromSeconds(parsed.GetValue(patience));
            return Report(await PodClient.GetAsync(address, limit, cancellation).ConfigureAwait(false));
        });
        return get;
    }

    private static Command Ping()
    {
        var target = new Argument<string>("address");
        var count = new Option<int>("--count", "-c") { DefaultValueFactory = _ => 3, Description = "How many" };
        var patience = Patience();
        var ping = new Command("ping", "Ping an address. Exit codes as for get.") { target, count, patience };
        ping.SetAction(async (parsed, cancellation) =>
        {
            var limit = TimeSpan.FromSeconds(parsed.GetValue(patience));
            return Report(await PodClient.PingAsync(Address(parsed.GetValue(target)!), parsed.GetValue(count), limit, cancellation).ConfigureAwait(false));
        });
        return ping;
    }

    private static Command SendRaw()
    {
        var device = new Option<string>("--device") { DefaultValueFactory = _ => "eth0", Description = "The interface to send on" };
        var source = new Option<string>("--source") { Required = true, Description = "The source address, anybody's" };
        var sourceMac = new Option<string?>("--source-mac") { Description = "The source MAC; the interface's own unless given" };
        var to = new Option<string>("--to") { Required = true, Description = "The destination address" };
        var count = new Option<int>("--count", "-c") { DefaultValueFactory = _ => 1, Description = "How many" };
        var send = new Command("send-raw", "Send UDP datagrams with a source address of your choice, past the kernel.") { device, source, sourceMac, to, count };
        send.SetAction(parsed =>
        {
            using var link = PacketSocketLink.Open(parsed.GetValue(device)!);
            var mac = parsed.GetValue(sourceMac) is { } other ? MacAddress.Parse(other) : link.Mac;
            var frame = new FrameBuffer();
            frame.Set(SpoofedFrame.Udp(mac, SpoofedFrame.Gateway, Address(parsed.GetValue(source)!), Address(parsed.GetValue(to)!), "spoofed"));
            int sent = 0;
            for (int left = parsed.GetValue(count); left > 0; left--)
            {
                sent += link.Send([frame]);
            }

            Console.WriteLine($"{sent} frames sent");
            return sent == parsed.GetValue(count) ? 0 : 1;
        });
        return send;
    }

    private static Option<double> Patience() => new("--timeout") { DefaultValueFactory = _ => 3, Description = "Seconds to wait for an answer" };

    private static IpAddress Address(string text)
        => IpAddress.TryParse(text, out var address) ? address : throw new UsageException($"\"{text}\" is no IP address");

    private static int Report(PodAnswer answer)
    {
        (answer.IsAnswered ? Console.Out : Console.Error).WriteLine(answer.Text);
        return answer.Outcome switch { PodOutcome.Answered => 0, PodOutcome.Refused => 3, PodOutcome.TimedOut => 4, _ => 1 };
    }
}
