using System.Collections.Frozen;

namespace Herald.Domain.Consents;

/// <summary>What Herald answers to STOP and START, in the languages of the built-in words. Each text names the word that undoes it.</summary>
public static class ConsentTexts
{
    private const string Fallback = "en";
    private const string TenantMark = "{tenant}";

    private static readonly FrozenDictionary<string, Texts> ByLanguage = new Dictionary<string, Texts>
    {
        ["en"] = new(
            "You will not get marketing messages from {tenant} again. Reply START to get them again.",
            "You will get marketing messages from {tenant} again. Reply STOP at any time to end them."),
        ["es"] = new(
            "No recibirás más mensajes de marketing de {tenant}. Responde ALTA para volver a recibirlos.",
            "Volverás a recibir mensajes de marketing de {tenant}. Responde BAJA en cualquier momento para dejar de recibirlos."),
        ["pt"] = new(
            "Você não receberá mais mensagens de marketing de {tenant}. Responda VOLTAR para recebê-las novamente.",
            "Você voltará a receber mensagens de marketing de {tenant}. Responda SAIR a qualquer momento para deixar de recebê-las."),
        ["fr"] = new(
            "Vous ne recevrez plus de messages marketing de {tenant}. Répondez REPRENDRE pour les recevoir à nouveau.",
            "Vous recevrez à nouveau des messages marketing de {tenant}. Répondez STOP à tout moment pour ne plus les recevoir."),
        ["de"] = new(
            "Du bekommst keine Werbenachrichten von {tenant} mehr. Antworte START, um sie wieder zu bekommen.",
            "Du bekommst wieder Werbenachrichten von {tenant}. Antworte jederzeit STOP, um sie zu beenden."),
        ["it"] = new(
            "Non riceverai più messaggi di marketing da {tenant}. Rispondi INIZIA per riceverli di nuovo.",
            "Riceverai di nuovo messaggi di marketing da {tenant}. Rispondi STOP in qualsiasi momento per non riceverli più."),
        ["hi"] = new(
            "अब आपको {tenant} से मार्केटिंग संदेश नहीं मिलेंगे। उन्हें फिर से पाने के लिए शुरू लिखकर भेजें।",
            "अब आपको {tenant} से मार्केटिंग संदेश फिर से मिलेंगे। उन्हें रोकने के लिए कभी भी बंद लिखकर भेजें।"),
        ["ar"] = new(
            "لن تصلك رسائل تسويقية من {tenant} بعد الآن. أرسل كلمة ابدأ لتلقيها من جديد.",
            "ستصلك الرسائل التسويقية من {tenant} من جديد. أرسل كلمة إيقاف في أي وقت لإيقافها."),
        ["id"] = new(
            "Anda tidak akan menerima pesan pemasaran dari {tenant} lagi. Balas MULAI untuk menerimanya kembali.",
            "Anda akan menerima pesan pemasaran dari {tenant} lagi. Balas BERHENTI kapan saja untuk menghentikannya."),
        ["tr"] = new(
            "Artık {tenant} tarafından pazarlama mesajı almayacaksınız. Yeniden almak için BAŞLA yazın.",
            "Yeniden {tenant} pazarlama mesajlarını alacaksınız. Durdurmak için istediğiniz zaman DUR yazın."),
        ["ru"] = new(
            "Вы больше не будете получать рекламные сообщения от {tenant}. Ответьте СТАРТ, чтобы получать их снова.",
            "Вы снова будете получать рекламные сообщения от {tenant}. Ответьте СТОП в любое время, чтобы отказаться."),
        ["zh"] = new(
            "您将不再收到 {tenant} 的营销消息。回复 订阅 可重新接收。",
            "您将重新收到 {tenant} 的营销消息。随时回复 退订 即可停止接收。"),
        ["ja"] = new(
            "今後 {tenant} からの販促メッセージは届きません。再び受け取るには「再開」と返信してください。",
            "{tenant} からの販促メッセージの配信を再開します。停止するにはいつでも「停止」と返信してください。"),
        ["ko"] = new(
            "앞으로 {tenant}의 마케팅 메시지를 받지 않습니다. 다시 받으려면 수신동의 라고 답장해 주세요.",
            "{tenant}의 마케팅 메시지를 다시 받게 됩니다. 중단하려면 언제든지 수신거부 라고 답장해 주세요."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The languages with texts of their own, in no order.</summary>
    public static IReadOnlyCollection<string> Languages => ByLanguage.Keys;

    /// <summary>The bare language of a code such as <c>pt_BR</c> or <c>en-US</c>, in lower case; English if there is none.</summary>
    public static string LanguageOf(string? code)
    {
        var end = code?.AsSpan().IndexOfAny('_', '-') ?? -1;
        var language = (end < 0 ? code : code![..end])?.Trim().ToLowerInvariant();
        return string.IsNullOrEmpty(language) ? Fallback : language;
    }

    /// <summary>The one confirmation of an opt-out. English if there is no text in the language.</summary>
    public static string StopConfirmation(string? language, string tenantName) => Fill(Find(language).Stop, tenantName);

    /// <summary>The confirmation of a START that re-opened marketing. English if there is no text in the language.</summary>
    public static string StartConfirmation(string? language, string tenantName) => Fill(Find(language).Start, tenantName);

    private static Texts Find(string? language) => ByLanguage.GetValueOrDefault(LanguageOf(language)) ?? ByLanguage[Fallback];

    private static string Fill(string text, string tenantName) => text.Replace(TenantMark, tenantName, StringComparison.Ordinal);

    private sealed record Texts(string Stop, string Start);
}
