namespace Herald.WhatsApp.Errors;

// Rules about templates and numbers come as subcodes of code 100 (2388185 of code 10); older answers have them as the code itself.
public static partial class MetaErrors
{
    // Properties, not fields: fields of a type in several files have no order of initialisation among the files.
    private static (int Code, ErrorScope Scope, string Meaning)[] TemplateRuleCodes =>
    [
        (2388019, ErrorScope.Account, "too many templates in the account"),
        (2388023, ErrorScope.Template, "a template of this name is being deleted"),
        (2388024, ErrorScope.Template, "content in this language exists"),
        (2388039, ErrorScope.Template, "the template's state does not allow the change"),
        (2388040, ErrorScope.Template, "a text of the template is too long"),
        (2388043, ErrorScope.Template, "an example or an expected field is missing"),
        (2388046, ErrorScope.Template, "format of the name"),
        (2388047, ErrorScope.Template, "format of the header"),
        (2388072, ErrorScope.Template, "format of the body"),
        (2388073, ErrorScope.Template, "format of the footer"),
        (2388155, ErrorScope.Template, "name of one of Meta's sample templates"),
        (2388185, ErrorScope.Account, "the account may not create templates"),
        (2388293, ErrorScope.Template, "too many variables for the length of the text"),
        (2388299, ErrorScope.Template, "a variable at the start or the end of the text"),
    ];

    private static int[] NumberOwnershipSubcodes => [2388001, 2388012, 2388091, 2388093, 2388103];
    private static int[] CoexistenceSubcodes => [2593107, 2593108, 2593109];
    private static int[] DeadTokenSubcodes => [458, 460, 463, 467];

    private static IEnumerable<MetaError> SubcodeRows()
    {
        yield return Sub(100, 33, RetryKind.Never, ErrorScope.Sender, Reaction.PauseSender, "node deleted, wrong or not visible to the token", NumberText);
        yield return Sub(100, 2494100, RetryKind.Safe, ErrorScope.Sender, Reaction.RetryLater, "number in maintenance", SoonText);
        yield return Sub(139000, 4233020, RetryKind.Never, ErrorScope.Account, Reaction.FailMessage, "blocked for integrity (flows)", OperatorText);

        foreach (var (subcode, scope, meaning) in TemplateRuleCodes)
            yield return Sub(subcode == 2388185 ? 10 : 100, subcode, RetryKind.Never, scope, Reaction.FailMessage, meaning, TemplateTextText);
        foreach (var subcode in NumberOwnershipSubcodes)
            yield return Sub(100, subcode, RetryKind.Never, ErrorScope.Sender, Reaction.FailMessage, "number migration or ownership", OperatorText);
        foreach (var subcode in CoexistenceSubcodes)
            yield return Sub(100, subcode, RetryKind.Never, ErrorScope.Sender, Reaction.FailMessage, "coexistence synchronisation", OperatorText);
        foreach (var subcode in DeadTokenSubcodes)
            yield return Sub(190, subcode, RetryKind.Never, ErrorScope.Token, Reaction.DisconnectToken, DeadTokenMeaning(subcode), TokenText);
    }

    private static string DeadTokenMeaning(int subcode) => subcode switch
    {
        458 => "token: the app was removed",
        460 => "token: the password was changed",
        463 => "token: expired",
        _ => "token: invalid",
    };

    private static MetaError Sub(
        int code, int subcode, RetryKind retry, ErrorScope scope, Reaction reaction, string meaning, string customerText) =>
        new(code, subcode, meaning, retry, scope, reaction, customerText);
}
