using System.Collections.Frozen;
using Herald.Domain.Consents.Keywords;

namespace Herald.Domain.Control;

/// <summary>
/// The words of the commands, in all languages at once, and the ids of buttons and rows. No word is an opt-out: those are
/// taken out of the stream before.
/// </summary>
internal static class ControlVocabulary
{
    /// <summary>Begins every id, so that neither the word nor the id itself can be taken for an opt-out keyword.</summary>
    public const string IdPrefix = "c:";

    private static readonly (ControlVerb Verb, string Words)[] Table =
    [
        (ControlVerb.Menu, "menu, home, hi, hello, start, main menu, inicio, hola, principal, ola, oi, menu principal"),
        (ControlVerb.Help, "help, info, commands, ayuda, comandos, ajuda"),
        (ControlVerb.Campaigns, "campaigns, campaign, list, campañas, campaña, lista, campanhas, campanha"),
        (ControlVerb.Status, "status, state, report, progress, figures, estado, reporte, informe, progreso, cifras, situação, relatório, andamento, números"),
        (ControlVerb.Launch, "launch, launch campaign, lanzar, lanza, lanzar campaña, lançar, lance, lançar campanha, disparar"),
        (ControlVerb.Pause, "pause, pause campaign, pausar, pausa, suspender, pausar campaña, pausar campanha"),
        (ControlVerb.Resume, "resume, continue, unpause, reanudar, reanuda, continuar, retomar, retoma"),
        (ControlVerb.Cancel, "cancel, abort, cancel campaign, cancelar, cancela, anular, cancelar campaña, cancelar campanha"),
        (ControlVerb.Undo, "undo, deshacer, desfazer"),
        (ControlVerb.Templates, "templates, template, plantillas, plantilla, modelos, modelo"),
        (ControlVerb.OptOuts, "opt outs, optouts, opted out, unsubscribes, bajas, descadastros, descadastrados"),
        (ControlVerb.OptOut, "opt out, optout, block, dar de baja, descadastrar, bloquear"),
        (ControlVerb.Language, "language, lang, idioma, lengua, lingua"),
        (ControlVerb.Switch, "switch, businesses, switch business, cambiar, negocio, negocios, cambiar de negocio, trocar, empresa, empresas, trocar de empresa"),
        (ControlVerb.Unlink, "unlink, logout, log out, sign out, desvincular, cerrar sesión, desconectar"),
        (ControlVerb.Link, "link, vincular, enlazar, ligar, conectar"),
        (ControlVerb.More, "more, next, más, siguiente, mais, próximo, próxima"),
        (ControlVerb.Yes, "yes, y, ok, okay, confirm, sí, s, sim, confirmar"),
        (ControlVerb.No, "no, n, back, não, volver, voltar, atrás"),
    ];

    private static readonly FrozenDictionary<string, ControlVerb> Verbs = Table
        .SelectMany(row => row.Words.Split(',').Select(word => (Word: KeywordNormalizer.Normalize(word), row.Verb)))
        .DistinctBy(row => row.Word)
        .ToFrozenDictionary(row => row.Word, row => row.Verb, StringComparer.Ordinal);

    private static readonly int VerbWordsMax = Verbs.Keys.Max(word => word.AsSpan().Count(' ') + 1);

    /// <summary>All words, normalised.</summary>
    public static IEnumerable<string> Words => Verbs.Keys;

    public static string Id(ControlVerb verb) => $"{IdPrefix}{verb.ToString().ToLowerInvariant()}";

    public static string Id(ControlVerb verb, string argument) => $"{Id(verb)}:{argument}";

    public static ControlCommand Read(ControlInput input)
    {
        if (input.ReplyId is { } id && id.StartsWith(IdPrefix, StringComparison.Ordinal))
        {
            var parts = id[IdPrefix.Length..].Split(':', 2);
            if (Enum.TryParse<ControlVerb>(parts[0], ignoreCase: true, out var verb) && !char.IsDigit(parts[0][0]))
                return new ControlCommand(verb, parts.Length > 1 ? parts[1] : string.Empty, IsTapped: true);
        }
        return ReadText(input.Text.Trim());
    }

    /// <summary>The longest command at the start of the text, and the rest of it.</summary>
    private static ControlCommand ReadText(string text)
    {
        var tokens = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (var count = Math.Min(VerbWordsMax, tokens.Length); count > 0; count--)
        {
            if (Verbs.TryGetValue(KeywordNormalizer.Normalize(string.Join(' ', tokens[..count])), out var verb))
                return WithoutTakenForName(verb, string.Join(' ', tokens[count..]), text);
        }
        return ReadGluedLink(text) ?? new ControlCommand(ControlVerb.None, text, IsTapped: false);
    }

    /// <summary>Words that take nothing after them are commands only if they stand alone: "no refunds" is not a no.</summary>
    private static ControlCommand WithoutTakenForName(ControlVerb verb, string argument, string text)
    {
        var standsAlone = verb is ControlVerb.Yes or ControlVerb.No or ControlVerb.More or ControlVerb.Menu or ControlVerb.OptOuts or ControlVerb.Undo;
        return standsAlone && argument.Length > 0
            ? new ControlCommand(ControlVerb.None, text, IsTapped: false)
            : new ControlCommand(verb, argument, IsTapped: false);
    }

    /// <summary>A code with nothing between the word and itself: LINK123456.</summary>
    private static ControlCommand? ReadGluedLink(string text)
    {
        var normalized = KeywordNormalizer.Normalize(text);
        var start = normalized.AsSpan().IndexOfAnyInRange('0', '9');
        return start > 0 && Verbs.GetValueOrDefault(normalized[..start].TrimEnd()) == ControlVerb.Link
            ? new ControlCommand(ControlVerb.Link, normalized[start..], IsTapped: false)
            : null;
    }
}
