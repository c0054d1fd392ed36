using Fabric.Contracts.V1;

namespace Fabric.Manager.Grouping;

/// <summary>The vnics that hosts report, and the virtual machines that they make up.</summary>
internal sealed class MachineTable
{
    private readonly Dictionary<string, VifPresent> _vifs = [];
    private readonly Dictionary<string, SortedSet<string>> _ofMachine = [];

    public IEnumerable<string> Machines => _ofMachine.Keys.Order(StringComparer.Ordinal);

    public IEnumerable<VifPresent> VifsOf(string machine) => _ofMachine.TryGetValue(machine, out var vifs) ? vifs.Select(id => _vifs[id]) : [];

    public VifPresent? Find(string vif) => _vifs.GetValueOrDefault(vif);

    /// <summary>A machine's name; null: no host reports it.</summary>
    public string? NameOf(string machine) => VifsOf(machine).FirstOrDefault() is { } vif ? vif.VmName.Length > 0 ? vif.VmName : machine : null;

    /// <summary>A vnic as it is now, or that it is gone (null). The machines that this is about.</summary>
    public IReadOnlyList<string> Put(string id, VifPresent? vif)
    {
        var machines = new List<string>(2);
        if (_vifs.Remove(id, out var old) && _ofMachine.TryGetValue(old.VmId, out var left))
        {
            left.Remove(id);
            if (left.Count == 0)
            {
                _ofMachine.Remove(old.VmId);
            }

            machines.Add(old.VmId);
        }

        if (vif is not null)
        {
            _vifs.Add(id, vif);
            if (vif.VmId.Length > 0)
            {
                if (!_ofMachine.TryGetValue(vif.VmId, out var vifs))
                {
                    _ofMachine.Add(vif.VmId, vifs = new SortedSet<string>(StringComparer.Ordinal));
                }

                vifs.Add(id);
                machines.Add(vif.VmId);
            }
        }

        return machines;
    }
}
