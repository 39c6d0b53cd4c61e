namespace Herald.Simulator;

/// <summary>Errors of template calls: code 100 with a subcode, the useful text in <c>error_user_title</c> and <c>error_user_msg</c>.</summary>
internal static class TemplateErrors
{
    public static GraphError NameFormat() =>
        Of(2388046, "Name Format is Incorrect", "The message template name can only have lowercase letters and underscores.") with { BlameField = "name" };

    public static GraphError SampleName() =>
        Of(2388155, "Template name can't be used", "The message template name is already used by a sample template. Choose another name.") with
        {
            BlameField = "name",
        };

    public static GraphError LanguageExists(string language) =>
        Of(2388024, "Content in This Language Already Exists", $"There is already {language} content for this template. You can create a new template and try again.");

    public static GraphError BeingDeleted(string language) =>
        Of(2388023, "Message Template Language is being deleted", $"New {language} content can't be added while the existing {language} content is being deleted. Try again in 4 weeks or create a new message template.");

    public static GraphError CategoryMismatch(string category, string existing) =>
        Of(null, "Template category mismatch", $"The category {category} doesn't match the one that's already associated with this template, {existing}.");

    public static GraphError TooMany(int templatesMax) =>
        Of(2388019, "Message Template Limit Exceeded", $"You have reached the maximum number of message templates ({templatesMax}).");

    public static GraphError BodyLength() =>
        Of(2388040, "Character Limit Exceeded", "The message template body is too long; 1024 characters maximum.");

    public static GraphError BodyFormat() =>
        Of(2388072, "Message body format is incorrect", "The message body can't have more than two consecutive newline characters.");

    public static GraphError HeaderFormat() =>
        Of(2388047, "Message header format is incorrect", "The message header can't have any new lines, formatting characters, emojis or asterisks.");

    public static GraphError FooterFormat() =>
        Of(2388073, "Message footer format is incorrect", "The message footer can't have any new lines or formatting characters.");

    public static GraphError MissingField(string component, string field) =>
        Of(2388043, "Message template \"components\" param is missing expected field(s)", $"component of type {component} is missing expected field(s) ({field})");

    public static GraphError TooManyVariables() =>
        Of(2388293, "Parameter words ratio exceeds limit", "This template contains too many variable parameters relative to the message length. You need to decrease the number of variable parameters or increase the message length.");

    public static GraphError EdgeVariable() =>
        Of(2388299, "Leading or trailing params not allowed", "Variables can't be at the start or end of the template.");

    public static GraphError NotEditable() =>
        Of(2388039, "Message template can't be edited", "The template's current status doesn't allow this change.");

    public static GraphError NotFound() =>
        Of(2593002, "Message Template Not Found", "The message template you are trying to access does not exist.");

    public static GraphError Variables(string message) => Of(null, "Variable format is incorrect", message);

    public static GraphError Buttons(string message) => Of(null, "Message buttons are incorrect", message);

    public static GraphError Component(string message) => Of(null, "Message template components are incorrect", message);

    public static GraphError TimeToLive(string message) => Of(null, "Message template time-to-live is incorrect", message);

    private static GraphError Of(int? subcode, string title, string message) =>
        new(100, "Invalid parameter") { Subcode = subcode, IsTransient = false, UserTitle = title, UserMessage = message };
}
