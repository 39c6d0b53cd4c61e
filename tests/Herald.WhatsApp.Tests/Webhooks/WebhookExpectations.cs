namespace Herald.WhatsApp.Tests.Webhooks;

/// <summary>What each payload file reads as, change by change.</summary>
internal static class WebhookExpectations
{
    private const string Account = " waba=700800900";
    private const string Number = Account + " number=300100200300";

    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>
    {
        ["account_update"] =
        [
            "unknown account_update/ACCOUNT_RESTRICTION" + Account,
        ],
        ["broken_elements_among_good"] =
        [
            "malformed messages/a message has no id" + Number,
            "malformed messages/a message has no id" + Number,
            "malformed messages/a message has no id" + Number,
            "malformed messages/a message has no id" + Number,
            "inbound text[] id=wamid.D1" + Number,
            "inbound text[good] id=wamid.D2 phone=34600111222 at=1767600000" + Number,
            "malformed messages/a change has no value" + Account,
            "malformed /a change has no value" + Account,
        ],
        ["button_reply"] =
        [
            "inbound button[launch:yes|Launch] id=wamid.B2 phone=34600111222 at=1767600000" + Number,
        ],
        ["change_without_field"] =
        [
            "unknown /" + Account,
            "malformed messages/a change has no value" + Account,
        ],
        ["entry_without_changes"] =
        [
            "malformed /an entry has no changes" + Account,
            "malformed /an entry has no changes",
            "malformed /an entry has no changes waba=701",
        ],
        ["error_of_the_number"] =
        [
            "unknown messages/error 130429" + Number,
        ],
        ["field_of_the_future"] =
        [
            "unknown moon_phase_update/FULL" + Number,
        ],
        ["flow_reply"] =
        [
            "inbound other[interactive/nfm_reply] id=wamid.B4 phone=34600111222 at=1767600000" + Number,
        ],
        ["image"] =
        [
            "inbound other[image] id=wamid.B5 phone=34600111222 at=1767600000" + Number,
        ],
        ["limit_of_the_portfolio"] =
        [
            "limit 2000 at=1767600000" + Account,
            "limit none at=1767600000" + Account,
            "limit 10000 at=1767600000" + Account,
            "unknown business_capability_update/" + Account,
            "unknown business_capability_update/" + Account,
            "limit 100000 at=1767600000" + Account,
            "limit none at=1767600000" + Account,
            "account Reinstated(UNFLAGGED) display=16505551111 at=1767600000" + Account,
            "unknown phone_number_quality_update/FLAGGED" + Account,
        ],
        ["list_reply"] =
        [
            "inbound row[campaign:4|Spring] id=wamid.B3 phone=34600111222 at=1767600000" + Number,
        ],
        ["messages_field_with_nothing"] =
        [
            "unknown messages/" + Number,
        ],
        ["no_entries"] = [],
        ["not_a_delivery"] =
        [
            "malformed /the body has no entries",
        ],
        ["object_without_entries"] =
        [
            "malformed /the body has no entries",
        ],
        ["preference_of_other_kinds"] =
        [
            "preference Other(signup) phone=34600111222" + Number,
            "malformed user_preferences/a preference has no value" + Number,
            "malformed user_preferences/the change has no preferences" + Number,
        ],
        ["preference_resume_of_hidden_number"] =
        [
            "preference Resume(resume) category=marketing_messages user=BR.9c parent=BR.ENT.1 at=1767600000" + Number,
        ],
        ["preference_stop"] =
        [
            "preference Stop(stop) category=marketing_messages phone=919800011122 user=IN.5501 parent=IN.ENT.77 at=1767600000" + Number,
        ],
        ["status_delivered_to_hidden_number"] =
        [
            "status Delivered(delivered) id=wamid.S2 user=BR.9c at=1767600000" + Number,
        ],
        ["status_failed_per_user_cap"] =
        [
            "status Failed(failed) id=wamid.S4 phone=34600111222 at=1767600000 callback=herald:0200 code=131049 title=Not delivered details=Healthy ecosystem reaction=HoldContact" + Number,
        ],
        ["status_failed_without_errors"] =
        [
            "status Failed(failed) id=wamid.S5 phone=34600111222 at=1767600000 reaction=FailMessage" + Number,
        ],
        ["status_played"] =
        [
            "status Other(played) id=wamid.S7 phone=34600111222 at=1767600000" + Number,
        ],
        ["status_read_person_in_contacts_only"] =
        [
            "status Read(read) id=wamid.S9 phone=34600111222 user=ES.12 at=1767600000" + Number,
        ],
        ["status_read_user_id_as_recipient"] =
        [
            "status Read(read) id=wamid.S3 user=BR.9c at=1767600000" + Number,
        ],
        ["status_sent_with_price"] =
        [
            "status Sent(sent) id=wamid.S1 phone=34600111222 at=1767600000 callback=herald:0199 price=marketing/regular" + Number,
        ],
        ["status_with_numbers_as_other_kinds"] =
        [
            "status Failed(failed) id=wamid.S6 phone=34600111222 at=1767600000 code=131026 title=Undeliverable reaction=MarkContactUnreachable" + Number,
        ],
        ["status_without_status"] =
        [
            "status Other() id=wamid.S8" + Number,
            "malformed messages/a status has no message id" + Number,
        ],
        ["template_approved_language_with_hyphen"] =
        [
            "template APPROVED state=Approved id=99887766554433 name=spring_sale language=pt_BR category=MARKETING at=1767600000" + Account,
        ],
        ["template_button_with_payload"] =
        [
            "inbound template-button[optout:all|No more offers] id=wamid.B1 phone=34600111222 at=1767600000 context=wamid.OUT1" + Number,
        ],
        ["template_category"] =
        [
            "category now=Utility announced=Marketing id=99887766554433 name=parcel_on_its_way language=pt_BR at=1767600000" + Account,
            "category before=Utility now=Marketing id=99887766554433 name=parcel_on_its_way language=pt_BR at=1767600000" + Account,
            "unknown template_category_update/GREETING" + Account,
        ],
        ["template_flagged"] =
        [
            "template FLAGGED name=spring_sale" + Account,
        ],
        ["template_paused_first_time"] =
        [
            "template PAUSED state=Paused id=1 name=spring_sale language=en pause=FIRST_PAUSE" + Account,
        ],
        ["template_quality_in_status_field"] =
        [
            "unknown message_template_status_update/" + Account,
        ],
        ["template_rejected"] =
        [
            "template REJECTED state=Rejected id=99887766554433 name=spring_sale language=en_US reason=INVALID_FORMAT at=1767600000" + Account,
        ],
        ["text_as_a_reply"] =
        [
            "inbound text[yes] id=wamid.A7 phone=34600111222 at=1767600000 context=wamid.OUT9" + Number,
        ],
        ["text_cut_in_an_emoji"] =
        [
            "inbound text[STOP \uFFFD \"now\"\n/] id=wamid.A5 phone=34600111222 at=1767600000" + Number,
        ],
        ["text_in_a_group"] =
        [
            "inbound text[hola] id=wamid.A6 phone=34600111222 at=1767600000 group=G-1" + Number,
        ],
        ["text_of_hidden_number"] =
        [
            "inbound text[SAIR] id=wamid.A2 user=BR.9c username=@joao at=1767600000" + Number,
        ],
        ["text_with_profile"] =
        [
            "inbound text[बंद] id=wamid.A1 phone=919800011122 user=IN.5501 parent=IN.ENT.77 name=Asha Verma username=@asha at=1767600000" + Number,
        ],
        ["text_without_contacts"] =
        [
            "inbound text[BAJA] id=wamid.A3 phone=34600111222 at=1767600000" + Number,
        ],
        ["text_without_type"] =
        [
            "inbound text[stop] id=wamid.A4 phone=34600111222 at=1767600000" + Number,
        ],
        ["two_accounts_in_one_delivery"] =
        [
            "status Sent(sent) id=wamid.X1 phone=34600111222 at=1767600000 waba=111 number=901",
            "inbound text[Hallo] id=wamid.X2 phone=4915112345678 at=1767600000 waba=222 number=902",
            "preference Stop(stop) category=marketing_messages phone=4915112345678 at=1767600000 waba=222 number=903",
        ],
        ["two_people_in_one_delivery"] =
        [
            "inbound text[uno] id=wamid.C1 phone=34600111222 name=Eva at=1767600000" + Number,
            "inbound text[do] id=wamid.C2 phone=919800011122 user=IN.5501 parent=IN.ENT.77 name=Asha Verma username=@asha at=1767600001" + Number,
        ],
    };
}
