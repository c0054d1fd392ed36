namespace Fabric.HostSwitch.Pipeline;

/// <summary>One step of a frame's journey. It knows its tables and the frame, and no other stage.</summary>
internal interface IStage
{
    /// <summary>As docs/pipeline.md and an explanation name it.</summary>
    string Name { get; }

    Verdict Run(ref Frame frame);
}
