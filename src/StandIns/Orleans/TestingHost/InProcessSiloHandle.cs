using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

/// <summary>A silo of a test cluster that runs in this process.</summary>
public class InProcessSiloHandle : SiloHandle
{
    private bool _isActive = true;

    internal InProcessSiloHandle(string name, IHost host)
    {
        Name = name;
        SiloHost = host;
    }

    /// <summary>The silo's host.</summary>
    public IHost SiloHost { get; }

    /// <inheritdoc />
    public override bool IsActive => _isActive;

    /// <inheritdoc />
    public override async Task StopSiloAsync(bool stopGracefully)
    {
        if (!_isActive)
        {
            return;
        }

        _isActive = false;
        await SiloHost.StopAsync(stopGracefully ? CancellationToken.None : new CancellationToken(canceled: true));
        SiloHost.Dispose();
    }
}
