using System.CommandLine;
using Fabric.Lab.Api;
using Fabric.Lab.Hosting;
using Fabric.Lab.Running;

namespace Fabric.Lab.Commands;

/// <summary>The options that say which manager a command talks to: the running lab's, or any by its address.</summary>
internal sealed class ManagerLogin
{
    private readonly Option<string?> _address = new("--manager") { Description = "The manager's address, such as https://127.0.0.1:8443; none: the running lab's", HelpName = "URL" };
    private readonly Option<string> _user = new("--user") { Description = "Who logs in", DefaultValueFactory = _ => "admin" };
    private readonly Option<string?> _passwordFile = new("--password-file") { Description = "A file whose first line is the password; none: the variable FABRIC_PASSWORD", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Options.Add(_address);
        command.Options.Add(_user);
        command.Options.Add(_passwordFile);
        command.Options.Add(LabCommand.LabName);
    }

    public NsxClient Open(ParseResult parsed)
    {
        var (manager, user, password) = Read(parsed);
        return new NsxClient(manager, user, password);
    }

    public (Uri Manager, string User, string Password) Read(ParseResult parsed)
    {
        if (parsed.GetValue(_address) is not { } address)
        {
            var session = LabSession.Open(parsed.GetValue(LabCommand.LabName));
            return session.State.Api is { } api
                ? (new Uri(api), "admin", File.ReadAllText(session.Directory.PasswordFile).Trim())
                : throw new UsageException("the lab has no manager that runs; name one with --manager");
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var manager))
        {
            throw new UsageException($"\"{address}\" is no address such as https://127.0.0.1:8443");
        }

        string? password = parsed.GetValue(_passwordFile) is { } file ? File.ReadLines(file).FirstOrDefault() : Environment.GetEnvironmentVariable("FABRIC_PASSWORD");
        return password is { Length: > 0 }
            ? (manager, parsed.GetValue(_user)!, password)
            : throw new UsageException("no password: give --password-file or set FABRIC_PASSWORD");
    }
}
