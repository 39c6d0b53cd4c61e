namespace Herald.WhatsApp.Errors;

// The table itself, in the order of the codes.
public static partial class MetaErrors
{
    private static MetaError Row(int code, RetryKind retry, ErrorScope scope, Reaction reaction, string meaning, string customerText) =>
        new(code, null, meaning, retry, scope, reaction, customerText);

    private static IEnumerable<MetaError> Rows() =>
        GeneralRows().Concat(MessageRows()).Concat(TemplateRows()).Concat(NumberRows()).Concat(OtherRows());

    private static MetaError[] GeneralRows() =>
    [
        Row(0, RetryKind.Never, ErrorScope.Token, Reaction.DisconnectToken, "authentication failed", TokenText),
        Row(1, RetryKind.MaySendTwice, ErrorScope.Message, Reaction.UnknownOutcome, "unknown error or bad request", UnsureText),
        Row(2, RetryKind.MaySendTwice, ErrorScope.App, Reaction.UnknownOutcome, "temporary, overload", UnsureText),
        Row(3, RetryKind.Never, ErrorScope.Token, Reaction.PauseTenant, "the app lacks the capability", PermissionText),
        Row(4, RetryKind.Safe, ErrorScope.App, Reaction.RetryWithBackoff, "call limit of the app", SlowText),
        Row(10, RetryKind.Never, ErrorScope.Token, Reaction.PauseTenant, "permission missing or removed", PermissionText),
        Row(17, RetryKind.Safe, ErrorScope.Token, Reaction.RetryWithBackoff, "call limit of the token's user", SlowText),
        Row(33, RetryKind.Never, ErrorScope.Sender, Reaction.PauseSender, "phone number id deleted or wrong", NumberText),
        Row(100, RetryKind.Never, ErrorScope.Message, Reaction.FailMessage, "invalid or misspelt parameter", DataText),
        Row(104, RetryKind.Never, ErrorScope.Token, Reaction.DisconnectToken, "token or proof of the app secret missing", TokenText),
        Row(190, RetryKind.Never, ErrorScope.Token, Reaction.DisconnectToken, "token expired or revoked", TokenText),
        Row(368, RetryKind.Later, ErrorScope.Account, Reaction.LockAccount, "account blocked for a violation of policy", AccountLockedText),
        Row(613, RetryKind.Safe, ErrorScope.App, Reaction.RetryWithBackoff, "custom rate limit", SlowText),
        Row(803, RetryKind.Never, ErrorScope.Sender, Reaction.PauseSender, "no such node", NumberText),
        Row(80007, RetryKind.Safe, ErrorScope.Account, Reaction.RetryWithBackoff, "management call limit of the account", SlowText),
        Row(80008, RetryKind.Safe, ErrorScope.Account, Reaction.RetryWithBackoff, "management call limit of the account", SlowText),
    ];

    private static MetaError[] MessageRows() =>
    [
        Row(130403, RetryKind.Never, ErrorScope.Contact, Reaction.FailMessage, "the business blocked this user", ContactText),
        Row(130429, RetryKind.Safe, ErrorScope.Sender, Reaction.SlowDownSender, "throughput of the number exceeded", SlowText),
        Row(130472, RetryKind.Never, ErrorScope.Contact, Reaction.FailMessage, "held out by Meta's marketing experiment", ContactText),
        Row(130497, RetryKind.Never, ErrorScope.Account, Reaction.CloseCountry, "the account may not message this country", CountryText),
        Row(131000, RetryKind.MaySendTwice, ErrorScope.Message, Reaction.UnknownOutcome, "unknown failure", UnsureText),
        Row(131005, RetryKind.Never, ErrorScope.Token, Reaction.PauseTenant, "access denied", PermissionText),
        Row(131008, RetryKind.Never, ErrorScope.Message, Reaction.FailMessage, "required parameter missing", DataText),
        Row(131009, RetryKind.Never, ErrorScope.Message, Reaction.FailMessage, "parameter value invalid", DataText),
        Row(131016, RetryKind.MaySendTwice, ErrorScope.App, Reaction.UnknownOutcome, "service unavailable", UnsureText),
        Row(131021, RetryKind.Never, ErrorScope.Contact, Reaction.FailMessage, "recipient is the sender", ContactText),
        Row(131026, RetryKind.Never, ErrorScope.Contact, Reaction.MarkContactUnreachable, "undeliverable: not on WhatsApp, terms not accepted, old client", UnreachableText),
        Row(131030, RetryKind.Never, ErrorScope.Contact, Reaction.MarkContactUnreachable, "recipient not on the test number's list", TestListText),
        Row(131031, RetryKind.Never, ErrorScope.Account, Reaction.LockAccount, "account locked", AccountLockedText),
        Row(131035, RetryKind.Later, ErrorScope.Sender, Reaction.PauseSender, "phone number not connected", NumberText),
        Row(131036, RetryKind.Never, ErrorScope.Message, Reaction.FailMessage, "failed on at least one device of the user", ContactText),
        Row(131037, RetryKind.Later, ErrorScope.Sender, Reaction.PauseSender, "display name not approved", NumberText),
        Row(131042, RetryKind.Later, ErrorScope.Account, Reaction.PauseTenant, "payment problem", PaymentText),
        Row(131045, RetryKind.Later, ErrorScope.Sender, Reaction.PauseSender, "certificate or registration error", RegisterText),
        Row(131047, RetryKind.Never, ErrorScope.Contact, Reaction.CloseWindow, "outside the 24 hour window", WindowText),
        Row(131048, RetryKind.Later, ErrorScope.Sender, Reaction.StopMarketing, "spam rate limit of the number", SpamText),
        Row(131049, RetryKind.Never, ErrorScope.Contact, Reaction.HoldContact, "Meta chose not to deliver marketing to this user", HoldText),
        Row(131050, RetryKind.Never, ErrorScope.Contact, Reaction.OptOut, "the user stopped marketing from this business", OptOutText),
        Row(131051, RetryKind.Never, ErrorScope.Message, Reaction.FailMessage, "unsupported message type", UnsupportedText),
        Row(131052, RetryKind.Never, ErrorScope.Message, Reaction.FailMessage, "inbound media could not be downloaded", MediaText),
        Row(131053, RetryKind.Never, ErrorScope.Message, Reaction.FailMessage, "outgoing media could not be fetched or accepted", MediaText),
        Row(131055, RetryKind.Never, ErrorScope.Template, Reaction.PauseTemplate, "method or category not allowed for marketing messages", MarketingApiText),
        Row(131056, RetryKind.Safe, ErrorScope.Contact, Reaction.WaitForContact, "too many messages to this user in a short time", SlowText),
        Row(131057, RetryKind.Safe, ErrorScope.Sender, Reaction.RetryLater, "account in maintenance for a throughput upgrade", SoonText),
        Row(131060, RetryKind.Never, ErrorScope.Message, Reaction.FailMessage, "message not available on a linked device", UnsupportedText),
        Row(131061, RetryKind.Never, ErrorScope.Template, Reaction.PauseTemplate, "a template with a maximum price needs the marketing endpoint", MarketingApiText),
        Row(131062, RetryKind.Never, ErrorScope.Contact, Reaction.FailMessage, "this message cannot go to a business-scoped user id", ContactText),
        Row(131063, RetryKind.Never, ErrorScope.Account, Reaction.PauseTemplate, "marketing is switched off for this endpoint of the account", MarketingApiText),
        Row(131064, RetryKind.Later, ErrorScope.Account, Reaction.PauseTemplate, "too many violations of template categories", CategoryText),
        Row(137000, RetryKind.Never, ErrorScope.Contact, Reaction.FailMessage, "the user's identity has changed", ContactText),
    ];

    private static MetaError[] TemplateRows() =>
    [
        Row(132000, RetryKind.Never, ErrorScope.Template, Reaction.FailMessage, "count of template parameters does not match", TemplateValuesText),
        Row(132001, RetryKind.Never, ErrorScope.Template, Reaction.PauseTemplate, "no such template in that language, or not approved", TemplatePausedText),
        Row(132005, RetryKind.Never, ErrorScope.Message, Reaction.FailMessage, "text too long after substitution", TemplateValuesText),
        Row(132007, RetryKind.Never, ErrorScope.Template, Reaction.PauseTemplate, "template violates the content policy", TemplateTextText),
        Row(132012, RetryKind.Never, ErrorScope.Template, Reaction.FailMessage, "format of a template parameter does not match", TemplateValuesText),
        Row(132015, RetryKind.Later, ErrorScope.Template, Reaction.PauseTemplate, "template paused", TemplatePausedText),
        Row(132016, RetryKind.Never, ErrorScope.Template, Reaction.PauseTemplate, "template disabled", TemplatePausedText),
        Row(132018, RetryKind.Never, ErrorScope.Message, Reaction.FailMessage, "content of a template parameter invalid", TemplateValuesText),
        Row(132068, RetryKind.Later, ErrorScope.Template, Reaction.PauseTemplate, "flow blocked", TemplatePausedText),
        Row(132069, RetryKind.Later, ErrorScope.Template, Reaction.PauseTemplate, "flow throttled", TemplatePausedText),
        Row(134011, RetryKind.Never, ErrorScope.Message, Reaction.FailMessage, "payments terms not accepted", RefusedText),
        Row(134100, RetryKind.Never, ErrorScope.Template, Reaction.PauseTemplate, "only marketing templates go by the marketing endpoint", MarketingApiText),
        Row(134101, RetryKind.Safe, ErrorScope.Template, Reaction.RetryLater, "template is being synchronised, about ten minutes", SoonText),
        Row(134102, RetryKind.Later, ErrorScope.Account, Reaction.PauseTemplate, "marketing endpoint not available for the account", MarketingApiText),
        Row(135000, RetryKind.Never, ErrorScope.Message, Reaction.FailMessage, "generic parameter error", DataText),
    ];

    private static MetaError[] NumberRows() =>
    [
        Row(133000, RetryKind.Later, ErrorScope.Sender, Reaction.RetryLater, "an earlier deregistration is half done", RegisterText),
        Row(133004, RetryKind.Safe, ErrorScope.Sender, Reaction.RetryLater, "registration server busy", SoonText),
        Row(133005, RetryKind.Never, ErrorScope.Sender, Reaction.PauseSender, "wrong two-step PIN", RegisterText),
        Row(133006, RetryKind.Never, ErrorScope.Sender, Reaction.PauseSender, "number must be verified first", RegisterText),
        Row(133008, RetryKind.Never, ErrorScope.Sender, Reaction.PauseSender, "too many wrong PINs", RegisterText),
        Row(133009, RetryKind.Never, ErrorScope.Sender, Reaction.PauseSender, "PIN entered too fast", RegisterText),
        Row(133010, RetryKind.Never, ErrorScope.Sender, Reaction.PauseSender, "number not registered", RegisterText),
        Row(133015, RetryKind.Later, ErrorScope.Sender, Reaction.RetryLater, "number was deleted a moment ago, about five minutes", RegisterText),
        Row(133016, RetryKind.Never, ErrorScope.Sender, Reaction.PauseSender, "more than ten registrations in 72 hours", RegisterText),
        Row(136024, RetryKind.Never, ErrorScope.Sender, Reaction.FailMessage, "verification code not sent", RegisterText),
        Row(136025, RetryKind.Never, ErrorScope.Sender, Reaction.FailMessage, "verification code wrong", RegisterText),
    ];

    private static MetaError[] OtherRows() =>
    [
        Row(139000, RetryKind.Never, ErrorScope.Account, Reaction.FailMessage, "blocked for integrity (flows)", OperatorText),
        Row(1752041, RetryKind.Never, ErrorScope.Account, Reaction.FailMessage, "already onboarded to marketing messages", OperatorText),
        Row(2388001, RetryKind.Never, ErrorScope.Sender, Reaction.FailMessage, "number migration or ownership", OperatorText),
        Row(2388012, RetryKind.Never, ErrorScope.Sender, Reaction.FailMessage, "number migration or ownership", OperatorText),
        Row(2388091, RetryKind.Never, ErrorScope.Sender, Reaction.FailMessage, "number migration or ownership", OperatorText),
        Row(2388093, RetryKind.Never, ErrorScope.Sender, Reaction.FailMessage, "number migration or ownership", OperatorText),
        Row(2388103, RetryKind.Never, ErrorScope.Sender, Reaction.FailMessage, "number migration or ownership", OperatorText),
        Row(2494100, RetryKind.Safe, ErrorScope.Sender, Reaction.RetryLater, "number in maintenance", SoonText),
        Row(2593107, RetryKind.Never, ErrorScope.Sender, Reaction.FailMessage, "synchronisation was already asked for", OperatorText),
        Row(2593108, RetryKind.Never, ErrorScope.Sender, Reaction.FailMessage, "synchronisation asked for after 24 hours", OperatorText),
        Row(2593109, RetryKind.Never, ErrorScope.Sender, Reaction.FailMessage, "the business declined to share its history", OperatorText),
        .. TemplateRuleCodes.Select(pair => Row(pair.Code, RetryKind.Never, pair.Scope, Reaction.FailMessage, pair.Meaning, TemplateTextText)),
    ];

    private static MetaErrorRange[] RangeRows() =>
    [
        new(200, 299, Row(200, RetryKind.Never, ErrorScope.Token, Reaction.PauseTenant, "permission missing (200 to 299)", PermissionText)),
        new(138000, 138999, Row(138000, RetryKind.Never, ErrorScope.Message, Reaction.FailMessage, "calling (138000 to 138999)", UnsupportedText)),
        new(139100, 139103, Row(139100, RetryKind.Never, ErrorScope.Contact, Reaction.FailMessage, "blocking users failed in part (139100 to 139103)", OperatorText)),
        new(147001, 147004, Row(147001, RetryKind.Never, ErrorScope.Sender, Reaction.FailMessage, "usernames (147001 to 147004)", OperatorText)),
        new(200005, 200007, Row(200005, RetryKind.Never, ErrorScope.Account, Reaction.FailMessage, "template insights (200005 to 200007)", OperatorText)),
    ];
}
