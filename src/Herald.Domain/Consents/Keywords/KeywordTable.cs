namespace Herald.Domain.Consents.Keywords;

/// <summary>
/// The built-in words. There is no official list in any language: these are the words that public systems recognise, the labels of common
/// opt-out buttons among them.
/// </summary>
internal static class KeywordTable
{
    /// <summary>Words that people of all languages use.</summary>
    public const string UniversalStop = "STOP";

    /// <summary>Words that people of all languages use.</summary>
    public const string UniversalStart = "START";

    public static IReadOnlyList<LanguageKeywords> Languages { get; } =
    [
        new(
            "en",
            Stop: "STOP ALL, STOPALL, UNSUBSCRIBE, OPT OUT, OPTOUT, STOP PROMOTIONS, STOP MARKETING, STOP MESSAGES, UNSUBSCRIBE ME, REVOKE",
            StopAlone: "QUIT, TD",
            Ambiguous: "CANCEL, END, REMOVE",
            Start: "UNSTOP, SUBSCRIBE, RESUME, OPT IN, OPTIN",
            Phrases: "stop sending, stop messaging, stop texting, stop writing, stop contacting, stop this, do not send, dont send, do not message, "
                + "dont message, do not contact, no more messages, take me off, remove me, leave me alone, unsubscribe me, not want these messages"),
        new(
            "es",
            Stop: "DARME DE BAJA, DAR DE BAJA, DARSE DE BAJA, NO MAS, NO MÁS, NO MAS MENSAJES, CANCELAR SUSCRIPCION, DETENER PROMOCIONES, "
                + "DESUSCRIBIR, DESUSCRIBIRME",
            StopAlone: "BAJA, ALTO, PARAR, SALIR, DETENER",
            Ambiguous: "CANCELAR",
            Start: "ALTA, INICIAR, SUSCRIBIR, SUSCRIBIRME",
            Phrases: "no me envien, no me manden, no me escriban, no envien mas, no manden mas, no quiero mas mensajes, no quiero recibir, dejen de enviar, "
                + "dejen de mandar, dejar de recibir, darme de baja, deme de baja, de baja por favor, baja por favor, saquenme de"),
        new(
            "pt",
            Stop: "DESCADASTRAR, DESCADASTRE, CANCELAR INSCRIÇÃO, NÃO QUERO RECEBER, PARAR PROMOÇÕES, PARAR MENSAGENS",
            StopAlone: "SAIR, PARAR, PARE",
            Ambiguous: "CANCELAR, REMOVER",
            Start: "VOLTAR, INICIAR, ASSINAR",
            Phrases: "nao quero receber, nao quero mais, nao me mande, nao me mandem, nao me envie, nao me enviem, nao mande mais, nao envie mais, "
                + "pare de enviar, pare de mandar, parem de, me tire da lista, me tira da lista, me remova, quero sair"),
        new(
            "fr",
            Stop: "DESABONNER, DÉSABONNER, ME DESABONNER, SE DÉSABONNER, DÉSINSCRIPTION, DESINSCRIRE, DÉSABONNEMENT, ARRETER LES PROMOTIONS, "
                + "ARRÊTER LES MESSAGES",
            StopAlone: "ARRET, ARRÊT, ARRETER, ARRÊTEZ",
            Ambiguous: "ANNULER",
            Start: "REPRENDRE, DEMARRER, DÉMARRER, ABONNER",
            Phrases: "arretez de, arrete de, arretez denvoyer, ne menvoyez plus, nenvoyez plus, ne plus recevoir, plus de messages, me desabonner, "
                + "desabonnez moi, retirez moi, laissez moi tranquille"),
        new(
            "de",
            Stop: "STOPP, ABMELDEN, ABBESTELLEN, AUSTRAGEN, WERBUNG STOPPEN, KEINE WERBUNG, NACHRICHTEN STOPPEN",
            StopAlone: "ABMELDUNG",
            Ambiguous: "STORNIEREN, KÜNDIGEN, ENDE",
            Start: "ANMELDEN, ABONNIEREN",
            Phrases: "keine nachrichten mehr, keine werbung mehr, nicht mehr schreiben, nicht mehr senden, nicht mehr anschreiben, bitte abmelden, "
                + "hort auf, hor auf, lasst mich in ruhe, nehmt mich aus"),
        new(
            "it",
            Stop: "DISISCRIVI, DISISCRIVIMI, DISISCRIZIONE, INTERROMPI PROMOZIONI",
            StopAlone: "BASTA",
            Ambiguous: "ANNULLA, CANCELLA",
            Start: "INIZIA, ISCRIVI, ISCRIVIMI",
            Phrases: "non inviatemi, non mandatemi, non voglio ricevere, non voglio piu, smettete di, basta messaggi, cancellatemi"),
        new(
            "hi",
            Stop: "रोकें, रोको, बंद करें, बंद करो, बन्द करें, बन्द करो, मैसेज बंद करें, संदेश बंद करें, सदस्यता समाप्त करें, BAND KARO, BAND KAREIN",
            StopAlone: "बंद, बन्द, BAND",
            Ambiguous: "रद्द, रद्द करें",
            Start: "शुरू, शुरू करें, शुरू करो, चालू, चालू करें, SHURU, SHURU KAREIN",
            Phrases: "मत भेजो, मत भेजें, मत भेजिए, न भेजें, मैसेज नहीं चाहिए, मेसेज नहीं चाहिए, mat bhejo, message band, mat bhejiye"),
        new(
            "ar",
            Stop: "إيقاف, ايقاف, إلغاء الاشتراك, الغاء الاشتراك, ألغ الاشتراك, إيقاف الرسائل, إيقاف العروض, أوقف الرسائل",
            StopAlone: "وقف, توقف, قف, أوقف",
            Ambiguous: "إلغاء, الغاء",
            Start: "ابدأ, إبدأ, بدء, اشتراك, اشترك, استئناف",
            Phrases: "لا ترسل, لا ترسلوا, لا تراسلني, توقف عن, توقفوا عن, لا أريد رسائل, لا أريد استلام, كفى رسائل"),
        new(
            "id",
            Stop: "BERHENTI BERLANGGANAN, STOP PROMOSI, HENTIKAN PROMOSI, HENTIKAN PESAN",
            StopAlone: "BERHENTI, HENTIKAN, KELUAR",
            Ambiguous: "BATAL, BATALKAN",
            Start: "MULAI, LANJUT, BERLANGGANAN",
            Phrases: "jangan kirim, jangan hubungi, berhenti kirim, berhenti mengirim, tidak mau terima, tidak ingin menerima, stop kirim"),
        new("mr", Stop: "थांबवा, बंद करा", StopAlone: "थांबा", Ambiguous: "रद्द करा", Start: "पुन्हा सुरू, सुरू करा", Phrases: "पाठवू नका"),
        new("bn", Stop: "বন্ধ করুন, বন্ধ করো", StopAlone: "বন্ধ", Ambiguous: "বাতিল", Start: "শুরু, শুরু করুন", Phrases: "পাঠাবেন না"),
        new("ur", Stop: "بند کریں, بند کرو", StopAlone: "بند", Ambiguous: "منسوخ", Start: "شروع, شروع کریں", Phrases: "مت بھیجیں, نہ بھیجیں"),
        new("tr", Stop: "AYRIL, ABONELİKTEN ÇIK, MESAJLARI DURDUR", StopAlone: "DUR, RET, DURDUR", Ambiguous: "İPTAL", Start: "BAŞLA, BAŞLAT", Phrases: "mesaj gondermeyin, mesaj atmayin, rahatsiz etmeyin"),
        new("zh", Stop: "退订, 退訂, 取消订阅, 取消訂閱", StopAlone: "TD, 停止", Ambiguous: "取消", Start: "订阅, 訂閱, 恢复, 恢復", Phrases: "不要再发, 别再发, 不要再發, 別再發"),
        new("ko", Stop: "수신거부, 수신 거부", StopAlone: "중지, 그만", Ambiguous: "취소", Start: "수신동의, 수신 동의, 시작", Phrases: "보내지 마, 그만 보내"),
        new("ja", Stop: "配信停止, 配信停止希望", StopAlone: "停止, ストップ", Ambiguous: "キャンセル, 解除", Start: "再開, 配信再開", Phrases: "送らないで, 配信を停止, 配信を止め"),
        new("ru", Stop: "ОТПИСАТЬСЯ, ОТПИСКА, ОТПИШИТЕ", StopAlone: "СТОП", Ambiguous: "ОТМЕНА", Start: "СТАРТ, ПОДПИСАТЬСЯ, ВОЗОБНОВИТЬ", Phrases: "не присылайте, не пишите, не отправляйте, хватит присылать, отпишите меня"),
    ];
}
