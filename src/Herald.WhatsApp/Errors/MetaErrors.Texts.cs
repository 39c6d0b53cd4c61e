namespace Herald.WhatsApp.Errors;

// What a business owner reads. Several codes share a text when the person would do the same about them.
public static partial class MetaErrors
{
    private const string TokenText = "The connection to WhatsApp is no longer valid. Please connect the number again.";
    private const string PermissionText = "WhatsApp denies this access. Please check the permissions of the connection.";
    private const string SlowText = "WhatsApp asks to send more slowly. Sending goes on at a lower pace.";
    private const string SoonText = "WhatsApp has a passing problem. Herald tries again shortly.";
    private const string UnsureText = "WhatsApp did not say clearly whether the message was sent. It is not repeated by itself.";
    private const string RefusedText = "WhatsApp refused the message.";
    private const string DataText = "The message lacks a value or has one that WhatsApp does not accept. Please check the data of this contact.";
    private const string TemplateTextText = "The template does not follow WhatsApp's rules. Please see the reason and correct it.";
    private const string TemplateValuesText = "The values do not fit the template. Please check how its variables are filled.";
    private const string TemplatePausedText = "The template is not available at WhatsApp at the moment. Campaigns that use it are paused.";
    private const string CategoryText = "WhatsApp lets this account send no templates of this category for some days, because too many were put into the wrong one. Its campaigns with such templates are paused.";
    private const string AccountLockedText = "WhatsApp has blocked this business account. Please open WhatsApp Manager and follow its instructions.";
    private const string PaymentText = "WhatsApp has a problem with the payment of this account. Please check the payment method in WhatsApp Manager.";
    private const string NumberText = "The phone number cannot send at the moment. Please check its state in WhatsApp Manager.";
    private const string SpamText = "WhatsApp limits this number because people blocked or reported its messages. It sends no marketing for some hours; other messages are tried again a few times, more and more slowly.";
    private const string RegisterText = "WhatsApp does not accept the registration of this phone number. Please check its PIN and its verification.";
    private const string ContactText = "This contact cannot receive the message.";
    private const string UnreachableText = "This contact cannot be reached on WhatsApp.";
    private const string TestListText = "A test number reaches only the people on its list at WhatsApp, and this contact is not on it.";
    private const string OptOutText = "This contact stopped marketing messages from you.";
    private const string HoldText = "WhatsApp did not deliver the message, because this person gets much marketing. It may be tried again after a day or more.";
    private const string WindowText = "More than 24 hours have passed since this contact wrote. Only a template may be sent.";
    private const string MediaText = "WhatsApp could not load or accept the picture, video or document.";
    private const string CountryText = "WhatsApp does not let this business send to the contact's country. This message is not repeated, and others to that country fail, too, for a day; after that new ones are tried.";
    private const string UnsupportedText = "WhatsApp does not support this kind of message here.";
    private const string MarketingApiText = "This template must be sent in another way at WhatsApp. Please check the marketing settings of the account.";
    private const string OperatorText = "WhatsApp refused a setting of the number or account. Please check it in WhatsApp Manager.";
}
