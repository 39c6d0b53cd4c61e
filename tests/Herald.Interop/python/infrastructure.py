"""Health and reflection."""

import os

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool

from checks import equal
from world import ADDRESS, failure

# The stubs of health and reflection belong to the package of gRPC itself.
grpc.__path__.append(os.path.join(os.environ["HERALD_STUBS"], "grpc"))

from grpc.health.v1 import health_pb2, health_pb2_grpc  # noqa: E402
from grpc.reflection.v1 import reflection_pb2 as v1, reflection_pb2_grpc as v1_grpc  # noqa: E402
from grpc.reflection.v1alpha import reflection_pb2 as v1alpha, reflection_pb2_grpc as v1alpha_grpc  # noqa: E402

SERVICES = {
    "grpc.health.v1.Health",
    "herald.campaigns.v1.CampaignsService",
    "herald.consents.v1.ConsentsService",
    "herald.contacts.v1.ContactListsService",
    "herald.contacts.v1.ContactsService",
    "herald.messages.v1.MessagesService",
    "herald.templates.v1.TemplatesService",
    "herald.tenants.v1.ApiKeysService",
    "herald.tenants.v1.OwnersService",
    "herald.tenants.v1.SendersService",
    "herald.tenants.v1.TenantsService",
}


def check_health(checks, channel):
    stub = health_pb2_grpc.HealthStub(channel)
    request = health_pb2.HealthCheckRequest
    answer = health_pb2.HealthCheckResponse

    def watches():
        for service, status in (("", answer.SERVING), ("no.such.Service", answer.SERVICE_UNKNOWN)):
            stream = stub.Watch(request(service=service), timeout=10)
            equal(next(stream).status, status)
            stream.cancel()
            equal(failure(lambda: next(stream)).code(), grpc.StatusCode.CANCELLED)

    def unknown():
        equal(failure(lambda: stub.Check(request(service="no.such.Service"), timeout=10)).code(), grpc.StatusCode.NOT_FOUND)

    checks.run("health: the server is SERVING", lambda: equal(stub.Check(request(), timeout=10).status, answer.SERVING))
    checks.run("health: an unknown service is NOT_FOUND", unknown)
    checks.run("health: a watch tells the state at once, and stays open", watches)


def check_reflection(checks, channel):
    for version, messages, stubs in (("v1", v1, v1_grpc), ("v1alpha", v1alpha, v1alpha_grpc)):
        server = Reflection(messages, stubs.ServerReflectionStub(channel))
        checks.run(f"reflection {version}: lists the services", lambda: equal(SERVICES - server.services(), set()))
        checks.run(f"reflection {version}: tells a service with all that its files import", lambda: server.check_campaigns())
        checks.run(f"reflection {version}: several questions on one stream are answered in order", lambda: server.check_order())
        checks.run(f"reflection {version}: an unknown symbol is NOT_FOUND", lambda: server.check_unknown())


class Reflection:
    def __init__(self, messages, stub):
        self._request = messages.ServerReflectionRequest
        self._stub = stub

    def _ask(self, *requests):
        answers = list(self._stub.ServerReflectionInfo(iter(requests), timeout=10))
        equal(len(answers), len(requests))
        for request, answer in zip(requests, answers):
            equal(answer.original_request, request)
        return answers

    def _file(self, **question):
        [answer] = self._ask(self._request(**question))
        files = answer.file_descriptor_response.file_descriptor_proto
        return [descriptor_pb2.FileDescriptorProto.FromString(file) for file in files]

    def services(self):
        [answer] = self._ask(self._request(list_services="*"))
        return {service.name for service in answer.list_services_response.service}

    def check_campaigns(self):
        """The files that reflection tells are complete: a pool of nothing else links them."""
        files = {}
        wanted = []

        def take(answered):
            for file in answered:
                files[file.name] = file
                wanted.extend(file.dependency)

        take(self._file(file_containing_symbol="herald.campaigns.v1.CampaignsService"))
        while wanted:
            name = wanted.pop()
            if name not in files:
                take(self._file(file_by_filename=name))
        pool = descriptor_pool.DescriptorPool()
        added = set()

        def add(file):
            if file.name not in added:
                added.add(file.name)
                for dependency in file.dependency:
                    add(files[dependency])
                pool.AddSerializedFile(file.SerializeToString())

        for file in list(files.values()):
            add(file)
        service = pool.FindServiceByName("herald.campaigns.v1.CampaignsService")
        equal(service.methods_by_name["LaunchCampaign"].input_type.full_name, "herald.campaigns.v1.LaunchCampaignRequest")
        assert "campaign_report" in service.methods_by_name["WatchCampaign"].output_type.fields_by_name

    def check_order(self):
        names = ["herald/tenants/v1/tenants.proto", "herald/campaigns/v1/campaigns.proto", "google/protobuf/timestamp.proto"]
        answers = self._ask(*[self._request(file_by_filename=name) for name in names])
        for name, answer in zip(names, answers):
            files = answer.file_descriptor_response.file_descriptor_proto
            assert name in [descriptor_pb2.FileDescriptorProto.FromString(file).name for file in files]

    def check_unknown(self):
        [answer] = self._ask(self._request(file_containing_symbol="herald.tenants.v1.Nothing"))
        equal(answer.WhichOneof("message_response"), "error_response")
        equal(answer.error_response.error_code, grpc.StatusCode.NOT_FOUND.value[0])


def open_channel():
    return grpc.insecure_channel(ADDRESS)
