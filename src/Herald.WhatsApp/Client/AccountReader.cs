using System.Text.Json;
using Herald.WhatsApp.Accounts;
using Herald.WhatsApp.Json;
using Herald.WhatsApp.Templates;

namespace Herald.WhatsApp.Client;

/// <summary>Reads answers of management calls; null where an answer lacks what makes it one.</summary>
internal static class AccountReader
{
    public static Acknowledgement? ReadSuccess(JsonElement root) => root.Flag("success"u8) == true ? Acknowledgement.Instance : null;

    public static TemplateCreated? ReadCreated(JsonElement root) =>
        root.Text("id"u8) is { } id
            ? new TemplateCreated(id, root.Text("status"u8)?.ToUpperInvariant() ?? "PENDING", root.Text("category"u8)?.ToUpperInvariant())
            : null;

    public static TemplateInfo? ReadTemplate(JsonElement root)
    {
        if (root.Text("id"u8) is not { } id || TemplateDefinitionReader.Read(root) is not { } definition) return null;

        var rejectedReason = root.Text("rejected_reason"u8);
        return new TemplateInfo(id, definition)
        {
            Status = root.Text("status"u8)?.ToUpperInvariant() ?? "",
            QualityScore = root.Member("quality_score"u8).Text("score"u8) ?? root.Text("quality_score"u8),
            RejectedReason = rejectedReason == "NONE" ? null : rejectedReason,
            PreviousCategory = root.Text("previous_category"u8),
            CorrectCategory = root.Text("correct_category"u8),
        };
    }

    public static Page<TemplateInfo>? ReadTemplates(JsonElement root) => ReadPage(root, ReadTemplate);

    public static BusinessAccountInfo? ReadBusinessAccount(JsonElement root) =>
        root.Text("id"u8) is { } id ? new BusinessAccountInfo(id) { PortfolioId = root.Member("owner_business_info"u8).Text("id"u8) } : null;

    public static PhoneNumberInfo? ReadPhoneNumber(JsonElement root)
    {
        if (root.Text("id"u8) is not { } id) return null;

        return new PhoneNumberInfo(id)
        {
            DisplayPhoneNumber = root.Text("display_phone_number"u8),
            VerifiedName = root.Text("verified_name"u8),
            Status = root.Text("status"u8),
            QualityRating = root.Text("quality_rating"u8),
            ThroughputLevel = root.Member("throughput"u8).Text("level"u8),
            MessagingLimit = root.Text("whatsapp_business_manager_messaging_limit"u8),
            CodeVerificationStatus = root.Text("code_verification_status"u8),
            NameStatus = root.Text("name_status"u8),
            PlatformType = root.Text("platform_type"u8),
            IsOnBusinessApp = root.Flag("is_on_biz_app"u8),
        };
    }

    public static Page<PhoneNumberInfo>? ReadPhoneNumbers(JsonElement root) => ReadPage(root, ReadPhoneNumber);

    public static TokenInfo? ReadToken(JsonElement root)
    {
        var data = root.Member("data"u8);
        if (data.Flag("is_valid"u8) is not { } isValid) return null;

        var error = data.Member("error"u8);
        return new TokenInfo(isValid)
        {
            AppId = data.Text("app_id"u8),
            Type = data.Text("type"u8),
            // 0 means never, which reads as absent.
            ExpireTime = data.UnixTime("expires_at"u8),
            Scopes = ReadTexts(data, "scopes"u8),
            GranularScopes =
            [
                .. data.Items("granular_scopes"u8)
                    .Where(static item => item.Text("scope"u8) is not null)
                    .Select(static item => new GranularScope(item.Text("scope"u8) ?? "", ReadTexts(item, "target_ids"u8))),
            ],
            ErrorCode = error.Int("code"u8),
            ErrorSubcode = error.Int("subcode"u8),
        };
    }

    private static Page<T>? ReadPage<T>(JsonElement root, Func<JsonElement, T?> read)
        where T : class
    {
        if (root.Member("data"u8).ValueKind != JsonValueKind.Array) return null;

        var items = new List<T>();
        foreach (var element in root.Items("data"u8))
        {
            if (read(element) is { } item) items.Add(item);
        }

        // Cursors are given on the last page too; only "next" says that there is another.
        var paging = root.Member("paging"u8);
        var after = paging.Text("next"u8) is null ? null : paging.Member("cursors"u8).Text("after"u8);
        return new Page<T>(items, after);
    }

    private static List<string> ReadTexts(JsonElement parent, ReadOnlySpan<byte> name)
    {
        var texts = new List<string>();
        foreach (var item in parent.Items(name))
        {
            if (item.AsText() is { } text) texts.Add(text);
        }

        return texts;
    }
}
