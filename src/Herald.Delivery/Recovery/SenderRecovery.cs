using Herald.Delivery.Messages;
using Herald.Domain.Senders;
using Herald.Grains;
using Herald.Grains.Failures;
using Herald.Storage;
using Herald.Storage.Tenants;
using Herald.WhatsApp;
using Herald.WhatsApp.Errors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Herald.Delivery.Recovery;

/// <summary>
/// Looks at stopped senders when that is due: a throttled one goes back to its pace, a restricted one is asked for at Meta and sends again if its number is
/// connected. Any node does it; whoever takes a look first is alone with it.
/// </summary>
internal sealed class SenderRecovery(
    ISenderStore senders,
    ISenderStates states,
    SenderTokens tokens,
    IWhatsAppClient client,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<SenderRecovery> log) : BackgroundService
{
    private const int ChecksAtOnce = 50;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(options.Value.RenewInterval);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var sender in await senders.ListToCheckAsync(time.GetUtcNow(), ChecksAtOnce, stoppingToken))
                    await CheckAsync(sender, stoppingToken);
                backoff.Reset();
                await Task.Delay(options.Value.RenewInterval, time, stoppingToken);
            }
            catch (Exception error) when (GrainCallErrors.MayPass(error))
            {
                log.StorageUnavailable(error, nameof(SenderRecovery));
                await Task.Delay(backoff.Next(), time, stoppingToken);
            }
        }
    }

    private async Task CheckAsync(SenderRow sender, CancellationToken ct)
    {
        if (sender.State == SenderState.Throttled)
        {
            await states.RecoverAsync(sender, "herald");
            return;
        }
        if (await states.TakeCheckAsync(sender) is not { } taken || tokens.Find(taken) is not { } token)
            return;
        var answer = await client.GetPhoneNumberAsync(taken.PhoneNumberId, token, ct);
        if (answer.IsSuccess)
        {
            log.SenderChecked(taken.TenantId, taken.SenderId, answer.Value.Status ?? "");
            if (MaySend(answer.Value.Status))
                await states.RecoverAsync(taken, "herald");
        }
        else if (answer.Failure.Refusal is { Reaction: Reaction.DisconnectToken } refusal)
        {
            await states.DisconnectAsync(taken, refusal.Error.CustomerText);
        }
    }

    /// <summary>Meta's words for a number that sends. A flagged one still does.</summary>
    private static bool MaySend(string? status) => status?.ToUpperInvariant() is null or "" or "CONNECTED" or "FLAGGED";
}
