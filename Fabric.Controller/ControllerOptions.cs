using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Fabric.Controller;

/// <summary>The settings of a controller, from the configuration section <c>Controller</c>.</summary>
public sealed class ControllerOptions
{
    public const string Section = "Controller";

    private const string AddressPattern = "^(http://[^/]+/?|unix:/.+)$";

    [Description("Name of this controller, unique among those of one manager")]
    [Required, MinLength(1)]
    public string Id { get; set; } = "controller-1";

    [Description("Where hosts connect: http://host:port or unix:/path (gRPC without TLS)")]
    [Required, RegularExpression(AddressPattern, ErrorMessage = "Listen must be http://host:port or unix:/path")]
    public string Listen { get; set; } = "http://127.0.0.1:1235";

    [Description("The manager's feed: http://host:port or unix:/path (gRPC without TLS)")]
    [Required, RegularExpression(AddressPattern, ErrorMessage = "Manager must be http://host:port or unix:/path")]
    public string Manager { get; set; } = "http://127.0.0.1:1234";

    [Description("After a restart, how many seconds to wait for hosts to come back before hosts that still forward get a new snapshot")]
    [Range(0, 600)]
    public int SettleSeconds { get; set; } = 15;
}
