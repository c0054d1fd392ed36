using System.ComponentModel;
using System.Reflection;
using System.Text;

namespace Fabric.Lab.Hosting;

/// <summary>One setting of a service, under its three names: the flag, the environment variable and the key of the settings file.</summary>
internal sealed record ServiceSetting(string Flag, string Variable, string Key, string Description, bool IsSwitch);

/// <summary>
/// The settings of a service, read from its options class: a property <c>AdminPasswordFile</c> of the section <c>Manager</c> is
/// <c>--admin-password-file</c>, <c>FABRIC_MANAGER_ADMIN_PASSWORD_FILE</c> and <c>Manager:AdminPasswordFile</c>. One source, so they agree.
/// </summary>
internal static class ServiceSettings
{
    public static IReadOnlyList<ServiceSetting> Of(Type options, string section, string service)
        => [.. options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsSetting).Select(p => SettingOf(p, section, service))];

    private static bool IsSetting(PropertyInfo property)
        => property.CanWrite && property.GetCustomAttribute<DescriptionAttribute>() is not null;

    private static ServiceSetting SettingOf(PropertyInfo property, string section, string service)
    {
        string kebab = Words(property.Name, '-');
        string snake = Words(property.Name, '_').ToUpperInvariant();
        string description = property.GetCustomAttribute<DescriptionAttribute>()!.Description;
        return new ServiceSetting(
            $"--{kebab}",
            $"FABRIC_{service.ToUpperInvariant()}_{snake}",
            $"{section}:{property.Name}",
            description,
            property.PropertyType == typeof(bool));
    }

    /// <summary>AdminPasswordFile becomes admin-password-file.</summary>
    private static string Words(string name, char separator)
    {
        var words = new StringBuilder(name.Length + 4);
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0)
            {
                words.Append(separator);
            }

            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
