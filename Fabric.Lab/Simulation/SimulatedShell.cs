using System.Globalization;
using System.Text;
using Fabric.Lab.Pods;
using Fabric.Packets.Addresses;

namespace Fabric.Lab.Simulation;

/// <summary>What a command in a simulated pod wrote, and its exit code.</summary>
internal sealed record ShellResult(int ExitCode, string Output);

/// <summary>
/// The few commands that a simulated pod knows, with the options and exit codes of the real ones: `ping`, and `fabric pod` with ping,
/// get, serve and send-raw.
/// </summary>
internal sealed class SimulatedShell(SimulatedPod pod)
{
    private const int UnknownCommand = 127;

    public async Task<ShellResult> RunAsync(IReadOnlyList<string> command)
    {
        var words = command.ToList();
        if (words is ["fabric", "pod", ..])
        {
            words.RemoveRange(0, 2);
        }
        else if (words is not ["ping", ..])
        {
            return Unknown(command);
        }

        var options = Options(words.Skip(1), out var operands);
        try
        {
            return (words.FirstOrDefault(), operands) switch
            {
                ("ping", [var address]) => await PingAsync(IpAddress.Parse(address), options).ConfigureAwait(false),
                ("get", [var url]) => await GetAsync(new Uri(url), options).ConfigureAwait(false),
                ("serve", []) => Serve(options),
                ("send-raw", []) => SendRaw(options),
                _ => Unknown(command),
            };
        }
        catch (FormatException wrong)
        {
            return new ShellResult(2, $"{wrong.Message}\n");
        }
    }

    private async Task<ShellResult> PingAsync(IpAddress address, Dictionary<string, string> options)
    {
        int count = (int)Number(options, 3, "-c", "--count");
        int size = (int)Number(options, 56, "-s");
        var patience = TimeSpan.FromSeconds(Number(options, 3, "-W", "--timeout"));
        var output = new StringBuilder();
        int answered = 0;
        SimulatedAnswer? last = null;
        for (int sequence = 1; sequence <= count; sequence++)
        {
            last = await pod.PingAsync(address, size, patience).ConfigureAwait(false);
            answered += last.IsAnswered ? 1 : 0;
            output.AppendLine(CultureInfo.InvariantCulture, $"{address}: seq={sequence} {(last.IsAnswered ? $"time={last.Elapsed.TotalMilliseconds:0.00} ms" : last.Text)}");
        }

        output.AppendLine(CultureInfo.InvariantCulture, $"{answered} of {count} answered");
        return new ShellResult(answered == count ? 0 : ExitCodeOf(last), output.ToString());
    }

    private async Task<ShellResult> GetAsync(Uri url, Dictionary<string, string> options)
    {
        var patience = TimeSpan.FromSeconds(Number(options, 3, "--timeout"));
        var address = IpAddress.Parse(url.Host.Trim('[', ']'));
        var answer = await pod.GetAsync(address, (ushort)url.Port, url.PathAndQuery, patience).ConfigureAwait(false);
        return new ShellResult(ExitCodeOf(answer), $"{answer.Text.TrimEnd()}\n");
    }

    private ShellResult Serve(Dictionary<string, string> options)
    {
        ushort port = (ushort)Number(options, 80, "--http");
        pod.ServeHttp(port, (_, caller) => $"{pod.Settings.SourceFor(caller)} answers {caller}\n");
        pod.EchoUdp(port);
        return new ShellResult(0, "");
    }

    private ShellResult SendRaw(Dictionary<string, string> options)
    {
        int count = (int)Number(options, 1, "-c", "--count");
        byte[] frame = SpoofedFrame.Udp(
            pod.Settings.Mac, SpoofedFrame.Gateway, IpAddress.Parse(Required(options, "--source")), IpAddress.Parse(Required(options, "--to")), "spoofed");
        for (int sent = 0; sent < count; sent++)
        {
            pod.SendRaw(frame);
        }

        return new ShellResult(0, $"{count} frames sent\n");
    }

    /// <summary>The codes of `fabric pod`: 0 answered, 1 failed, 3 refused, 4 silence.</summary>
    private static int ExitCodeOf(SimulatedAnswer? answer) => answer?.Outcome switch
    {
        PodOutcome.Answered => 0,
        PodOutcome.Refused => 3,
        PodOutcome.TimedOut => 4,
        _ => 1,
    };

    private static ShellResult Unknown(IReadOnlyList<string> command) => new(
        UnknownCommand,
        $"a simulated pod cannot run \"{string.Join(' ', command)}\"; it knows: ping ADDRESS, fabric pod ping|get|serve|send-raw\n");

    private static double Number(Dictionary<string, string> options, double otherwise, params string[] names)
    {
        string? text = names.Select(options.GetValueOrDefault).FirstOrDefault(value => value is not null);
        return text is null ? otherwise
            : double.TryParse(text, CultureInfo.InvariantCulture, out double value) ? value
            : throw new FormatException($"\"{text}\" is no number");
    }

    private static string Required(Dictionary<string, string> options, string name)
        => options.GetValueOrDefault(name) ?? throw new FormatException($"{name} is missing");

    /// <summary>Every option of these commands takes a value, but for ping's -n.</summary>
    private static Dictionary<string, string> Options(IEnumerable<string> words, out List<string> operands)
    {
        var options = new Dictionary<string, string>();
        operands = [];
        string? name = null;
        foreach (string word in words)
        {
            if (name is not null)
            {
                options[name] = word;
                name = null;
            }
            else if (word == "-n")
            {
                continue; // numbers instead of names: there are no names here
            }
            else if (word.StartsWith('-'))
            {
                name = word;
            }
            else
            {
                operands.Add(word);
            }
        }

        return options;
    }
}
