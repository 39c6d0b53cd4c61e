"""One real campaign, from a sender to its report, followed over a stream."""

import threading

import grpc
from herald.campaigns.v1 import campaigns_pb2, campaigns_pb2_grpc
from herald.contacts.v1 import contact_lists_pb2, contact_lists_pb2_grpc, contacts_pb2, contacts_pb2_grpc
from herald.messages.v1 import messages_pb2
from herald.templates.v1 import templates_pb2, templates_pb2_grpc
from herald.tenants.v1 import senders_pb2, senders_pb2_grpc

from checks import equal, until
from world import BUSINESS, call, detail_of, failure, request_id, with_key

PEOPLE = 60
WITHOUT_CONSENT = 5
ORDER = ["DRAFT", "SCHEDULED", "PREPARING", "RUNNING", "COMPLETED"]
OUTCOMES = ["queued", "in_flight", "accepted", "sent", "delivered", "read", "failed", "suppressed", "expired", "cancelled", "unknown"]


class Campaign:
    def __init__(self, channel, tenant, key):
        self._campaigns = campaigns_pb2_grpc.CampaignsServiceStub(channel)
        self._contacts = contacts_pb2_grpc.ContactsServiceStub(channel)
        self._lists = contact_lists_pb2_grpc.ContactListsServiceStub(channel)
        self._senders = senders_pb2_grpc.SendersServiceStub(channel)
        self._templates = templates_pb2_grpc.TemplatesServiceStub(channel)
        self._tenant = tenant
        self._key = key
        self._name = None

    def check(self, checks):
        sender = checks.run("a sender is connected", self._connect)
        template = checks.run("a template is submitted and approved", self._approve)
        contact_list = checks.run("a contacts file is imported over a client stream", self._import)
        checks.run("an upload that outlasts its deadline ends with DEADLINE_EXCEEDED", self._upload_late)
        self._name = checks.run("a campaign is created", lambda: self._create(sender, template, contact_list))
        checks.run("a stream whose deadline passes ends with DEADLINE_EXCEEDED after its first answer", self._expire)
        checks.run("a stream that its reader cancels ends with CANCELLED", self._cancel)
        checks.run("a launched campaign is followed to its end", self._follow)
        checks.run("the report counts everyone once", self._report)
        checks.run("what a finished campaign refuses, it refuses with its state", self._refuse)

    def _connect(self):
        request = senders_pb2.ConnectSenderRequest(
            parent=self._tenant, waba_id=BUSINESS["waba_id"], phone_number_id=BUSINESS["numbers"][0]["phone_number_id"],
            access_token=BUSINESS["token"], pin="482915", request_id=request_id())
        sender = call(self._key, self._senders.ConnectSender, request).sender
        equal(sender.state, senders_pb2.SENDER_STATE_ACTIVE)
        return sender.name

    def _approve(self):
        template = templates_pb2.Template(
            waba_id=BUSINESS["waba_id"], template_name="interop_python", language="en_US", category=templates_pb2.TEMPLATE_CATEGORY_MARKETING)
        template.body.text = "Hello {{1}}, all of our bread is {{2}} off this week."
        template.body.examples.update({"1": "Ana", "2": "10%"})
        template.buttons.add().quick_reply.text = "Stop promotions"
        request = templates_pb2.CreateTemplateRequest(parent=self._tenant, template=template, request_id=request_id())
        draft = call(self._key, self._templates.CreateTemplate, request).template
        equal(draft.state, templates_pb2.TEMPLATE_STATE_DRAFT)
        call(self._key, self._templates.SubmitTemplate, templates_pb2.SubmitTemplateRequest(name=draft.name, request_id=request_id()))
        until("the approval",
              lambda: call(self._key, self._templates.GetTemplate, templates_pb2.GetTemplateRequest(name=draft.name)).template,
              lambda read: read.state == templates_pb2.TEMPLATE_STATE_APPROVED)
        return draft.name

    def _import(self):
        request = contact_lists_pb2.CreateContactListRequest(parent=self._tenant, request_id=request_id())
        request.contact_list.display_name = "Interop"
        contact_list = call(self._key, self._lists.CreateContactList, request).contact_list.name
        rows = [f"+3460{4_000_000 + i},Person {i},{'' if i < WITHOUT_CONSENT else 'yes'}" for i in range(PEOPLE)]
        file = "\n".join(["phone,name,consent", *rows, "not a number,Nobody,yes", ""]).encode()

        def parts():
            header = contacts_pb2.ImportContactsHeader(
                parent=self._tenant, contact_list=contact_list, consent_source="Form at the counter", request_id=request_id())
            yield contacts_pb2.ImportContactsRequest(header=header)
            for at in range(0, len(file), 500):
                yield contacts_pb2.ImportContactsRequest(chunk=file[at:at + 500])

        answer = call(self._key, self._contacts.ImportContacts, parts())
        summary = answer.summary
        equal((summary.row_count, summary.created_count, summary.rejected_count), (PEOPLE + 1, PEOPLE, 1))
        equal(summary.consent_granted_count, PEOPLE - WITHOUT_CONSENT)
        equal([(error.line, error.column) for error in answer.row_errors], [(PEOPLE + 2, "phone")])
        return contact_list

    def _upload_late(self):
        over = threading.Event()

        def parts():
            header = contacts_pb2.ImportContactsHeader(parent=self._tenant, request_id=request_id())
            yield contacts_pb2.ImportContactsRequest(header=header)
            over.wait(30)

        try:
            equal(failure(lambda: call(self._key, self._contacts.ImportContacts, parts(), timeout=0.3)).code(), grpc.StatusCode.DEADLINE_EXCEEDED)
        finally:
            over.set()

    def _create(self, sender, template, contact_list):
        campaign = campaigns_pb2.Campaign(display_name="Interop", template=template, sender=sender, contact_list=contact_list)
        campaign.parameters["body.1"].attribute = "display_name"
        campaign.parameters["body.1"].fallback = "friend"
        campaign.parameters["body.2"].literal = "10%"
        request = campaigns_pb2.CreateCampaignRequest(parent=self._tenant, campaign=campaign, request_id=request_id())
        created = call(self._key, self._campaigns.CreateCampaign, request).campaign
        equal(created.state, campaigns_pb2.CAMPAIGN_STATE_DRAFT)
        return created.name

    def _watch(self, timeout):
        request = campaigns_pb2.WatchCampaignRequest(name=self._name, updates_per_second_max=10)
        return self._campaigns.WatchCampaign(request, metadata=with_key(self._key), timeout=timeout)

    def _expire(self):
        stream = self._watch(timeout=3)
        equal(next(stream).campaign.state, campaigns_pb2.CAMPAIGN_STATE_DRAFT)
        equal(failure(lambda: list(stream)).code(), grpc.StatusCode.DEADLINE_EXCEEDED)

    def _cancel(self):
        stream = self._watch(timeout=60)
        next(stream)
        stream.cancel()
        equal(failure(lambda: list(stream)).code(), grpc.StatusCode.CANCELLED)

    def _follow(self):
        stream = self._watch(timeout=90)
        answers = [next(stream)]
        launch = campaigns_pb2.LaunchCampaignRequest(name=self._name, request_id=request_id())
        equal(call(self._key, self._campaigns.LaunchCampaign, launch).campaign.state, campaigns_pb2.CAMPAIGN_STATE_PREPARING)
        answers += stream
        states = [campaigns_pb2.CampaignState.Name(answer.campaign.state).removeprefix("CAMPAIGN_STATE_") for answer in answers]
        places = [ORDER.index(state) for state in states]
        equal(places, sorted(places))
        equal((states[0], states[-1]), ("DRAFT", "COMPLETED"))
        assert len(states) >= 3, f"steps between are seen: {states}"

    def _report(self):
        def ask():
            request = campaigns_pb2.GetCampaignReportRequest(name=self._name)
            return call(self._key, self._campaigns.GetCampaignReport, request).campaign_report

        report = until("all deliveries", ask, lambda read: read.delivered_total == PEOPLE - WITHOUT_CONSENT)
        equal(report.recipient_count, PEOPLE)
        equal(sum(getattr(report, f"{outcome}_count") for outcome in OUTCOMES), PEOPLE)
        equal([(row.reason, row.count) for row in report.suppressed_by_reason], [(messages_pb2.SUPPRESSION_REASON_NO_OPT_IN, WITHOUT_CONSENT)])
        equal((report.sent_total, report.failed_count), (PEOPLE - WITHOUT_CONSENT, 0))

    def _refuse(self):
        request = campaigns_pb2.PauseCampaignRequest(name=self._name, request_id=request_id())
        pause = lambda: call(self._key, self._campaigns.PauseCampaign, request)
        metadata = detail_of(pause, grpc.StatusCode.FAILED_PRECONDITION, "CAMPAIGN_STATE").metadata
        equal((metadata["resource"], metadata["state"]), (self._name, "COMPLETED"))
        assert "RUNNING" in metadata["allowed_states"].split(","), metadata["allowed_states"]
