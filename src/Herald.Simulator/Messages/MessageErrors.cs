namespace Herald.Simulator;

/// <summary>Errors of <c>/messages</c>, and the titles under which the same codes come by webhook.</summary>
internal static class MessageErrors
{
    public static GraphError RecipientFormat() => new(100, "Invalid parameter: recipient phone number format is incorrect");

    public static GraphError Missing(string details) => Of(131008, details);

    public static GraphError Value(string details) => Of(131009, details);

    public static GraphError Count(string component, int sent, int expected) =>
        Of(132000, $"{component}: number of localizable_params ({sent}) does not match the expected number of params ({expected})") with { Subcode = 2494073 };

    public static GraphError TemplateMissing(string name, string language) =>
        Of(132001, $"template name ({name}) does not exist in {language}") with { Subcode = 2494073, Status = StatusCodes.Status404NotFound };

    public static GraphError Format(string details) => Of(132012, details);

    public static GraphError Whitespace() => Of(132018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces");

    public static GraphError Unsupported() => Of(131051, DetailsOf(131051));

    public static GraphError NotRegistered() => Of(133010, "Account not registered") with { Subcode = 2593006 };

    public static GraphError Throughput(int status) => Of(130429, DetailsOf(130429)) with { Subcode = 2494055, Status = status };

    public static GraphError Pair(int status) => Of(131056, DetailsOf(131056)) with { Status = status };

    /// <summary>Any code of the table, with its usual title and details.</summary>
    public static GraphError Plain(int code) => Of(code, DetailsOf(code)) with { Status = StatusOf(code) };

    private static GraphError Of(int code, string details) => new(code, $"(#{code}) {TitleOf(code)}") { Details = details };

    private static int StatusOf(int code) => code switch
    {
        0 or 104 or 190 => StatusCodes.Status401Unauthorized,
        3 or 131000 or 131016 or 131045 or 131057 or 133000 => StatusCodes.Status500InternalServerError,
        2 or 133004 => StatusCodes.Status503ServiceUnavailable,
        10 or (>= 200 and <= 299) or 368 or 130403 or 130497 or 131005 or 131031 => StatusCodes.Status403Forbidden,
        803 or 132001 => StatusCodes.Status404NotFound,
        613 => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status400BadRequest,
    };

    /// <summary>The title of a code, which is also the <c>title</c> and <c>message</c> of a webhook error.</summary>
    public static string TitleOf(int code) => code switch
    {
        1 => "API Unknown",
        2 => "API Service",
        4 => "Application request limit reached",
        368 => "Temporarily blocked for policies violations",
        130429 => "Rate limit hit",
        130472 => "User's number is part of an experiment",
        130497 => "Business account is restricted from messaging users in this country.",
        131000 => "Something went wrong",
        131005 => "Access denied",
        131008 => "Required parameter is missing",
        131009 => "Parameter value is not valid",
        131016 => "Service unavailable",
        131021 => "Recipient cannot be sender",
        131026 => "Message undeliverable",
        131031 => "Business Account locked",
        131042 => "Business eligibility payment issue",
        131045 => "Incorrect certificate",
        131047 => "Re-engagement message",
        131048 => "Spam rate limit hit",
        131049 => "This message was not delivered to maintain healthy ecosystem engagement.",
        131050 => "Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business",
        131051 => "Unsupported message type",
        131053 => "Media upload error",
        131056 => "(Business Account, Consumer Account) pair rate limit hit",
        131057 => "Account in maintenance mode",
        132000 => "Number of parameters does not match the expected number of params",
        132001 => "Template name does not exist in the translation",
        132005 => "Template hydrated text too long",
        132012 => "Parameter format does not match format in the created template",
        132015 => "Template is Paused",
        132016 => "Template is Disabled",
        132018 => "Invalid parameters in template",
        133004 => "Server temporarily unavailable",
        133005 => "Two step verification PIN Mismatch",
        133010 => "Account not registered",
        133016 => "Account register/deregister rate limit exceeded",
        _ => "Message failed",
    };

    /// <summary>The usual details of a code.</summary>
    public static string DetailsOf(int code) => code switch
    {
        130429 => "Cloud API message throughput has been reached.",
        130472 => "Failed to send message because this user's phone number is part of an experiment",
        131000 => "Message failed to send due to an unknown error.",
        131021 => "Sender and recipient phone number is the same.",
        131026 => "Message Undeliverable.",
        131031 => "Business account has been locked",
        131042 => "Message failed to send because there were one or more errors related to your payment method.",
        131045 => "Message failed to send due to a phone number registration error.",
        131047 => "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
        131048 => "Message failed to send because there are restrictions on how many messages can be sent from this phone number.",
        131049 => "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
        131051 => "Unsupported message type.",
        131053 => "Downloading media from weblink failed with http code 403, status message Forbidden",
        131056 => "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.",
        132015 => "Template is paused due to low quality so it cannot be sent in a template message.",
        132016 => "Template has been paused too many times due to low quality and is now permanently disabled.",
        133005 => "The two-step verification PIN you entered is incorrect.",
        133016 => "Too many attempts for this phone number. Try again later.",
        _ => TitleOf(code),
    };
}
