"""Unary calls, and what an error says."""

import grpc
from herald.contacts.v1 import contact_lists_pb2, contact_lists_pb2_grpc
from herald.tenants.v1 import api_keys_pb2, api_keys_pb2_grpc, tenants_pb2, tenants_pb2_grpc

from checks import equal
from world import ADMIN_KEY, call, detail_of, failure, request_id, with_key

ABSENT = "tenants/0190a000-0000-7000-8000-000000000000"
Code = grpc.StatusCode


class Calls:
    def __init__(self, channel):
        self._tenants = tenants_pb2_grpc.TenantsServiceStub(channel)
        self._keys = api_keys_pb2_grpc.ApiKeysServiceStub(channel)
        self._lists = contact_lists_pb2_grpc.ContactListsServiceStub(channel)
        self._channel = channel
        self.tenant = None
        self.key = None

    def create_tenant(self, display_name, id=None, **fields):
        tenant = tenants_pb2.Tenant(display_name=display_name, **fields)
        return call(ADMIN_KEY, self._tenants.CreateTenant, tenants_pb2.CreateTenantRequest(tenant=tenant, request_id=id or request_id())).tenant

    def create_key(self, by, scope):
        api_key = api_keys_pb2.ApiKey(display_name="Interop", scopes=[scope])
        return call(by, self._keys.CreateApiKey, api_keys_pb2.CreateApiKeyRequest(parent=self.tenant, api_key=api_key, request_id=request_id())).secret

    def get(self, key, name):
        return call(key, self._tenants.GetTenant, tenants_pb2.GetTenantRequest(name=name)).tenant

    def check_unary(self, checks):
        self.tenant = checks.run("a tenant is created, and repeated under the same request id", self._creates_once)
        self.key = checks.run("a key of the tenant is created and reads the tenant", self._key_reads)
        checks.run("pages of tenants do not overlap and come to an end", self._pages)

    def check_errors(self, checks):
        checks.run("a call without a key says API_KEY_MISSING",
                   lambda: detail_of(lambda: self.get(None, self.tenant), Code.UNAUTHENTICATED, "API_KEY_MISSING"))
        checks.run("a made-up key says API_KEY_INVALID",
                   lambda: detail_of(lambda: self.get("hk_none_none", self.tenant), Code.UNAUTHENTICATED, "API_KEY_INVALID"))
        checks.run("a missing resource is named in the metadata", lambda: self._not_found(ABSENT))
        checks.run("another tenant is not found either", lambda: self._not_found(self.create_tenant("Somebody else").name))
        checks.run("a missing field is named with its rule", self._field)
        checks.run("a missing scope is named in the metadata", self._scope)
        checks.run("a request id of another content says REQUEST_ID_REUSED", self._reused)
        checks.run("an unknown method is UNIMPLEMENTED", self._unimplemented)

    def _creates_once(self):
        id = request_id()
        first = self.create_tenant("Interop in Python", id, time_zone="Europe/Madrid", default_region="ES")
        again = self.create_tenant("Interop in Python", id, time_zone="Europe/Madrid", default_region="ES")
        equal(first.state, tenants_pb2.TENANT_STATE_ACTIVE)
        equal(again, first)
        return first.name

    def _key_reads(self):
        secret = self.create_key(ADMIN_KEY, api_keys_pb2.API_KEY_SCOPE_ADMIN)
        equal(self.get(secret, self.tenant).display_name, "Interop in Python")
        return secret

    def _pages(self):
        names = []
        request = tenants_pb2.ListTenantsRequest(page_size=1)
        while True:
            page = call(ADMIN_KEY, self._tenants.ListTenants, request)
            names += [tenant.name for tenant in page.tenants]
            request.page_token = page.next_page_token
            if not page.next_page_token or len(names) >= 1_000:
                break
        equal(len(set(names)), len(names))
        assert self.tenant in names

    def _not_found(self, name):
        detail = detail_of(lambda: self.get(self.key, name), Code.NOT_FOUND, "RESOURCE_NOT_FOUND")
        equal(dict(detail.metadata), {"resource": name})

    def _field(self):
        detail = detail_of(lambda: self.create_tenant(""), Code.INVALID_ARGUMENT, "FIELD_INVALID")
        equal([(violation.field, violation.rule) for violation in detail.field_violations], [("tenant.display_name", "required")])

    def _scope(self):
        reader = self.create_key(self.key, api_keys_pb2.API_KEY_SCOPE_READ)
        request = contact_lists_pb2.CreateContactListRequest(parent=self.tenant, request_id=request_id())
        request.contact_list.display_name = "No"
        detail = detail_of(lambda: call(reader, self._lists.CreateContactList, request), Code.PERMISSION_DENIED, "SCOPE_MISSING")
        equal(dict(detail.metadata), {"scope": "WRITE"})

    def _reused(self):
        id = request_id()
        self.create_tenant("One", id)
        detail = detail_of(lambda: self.create_tenant("Two", id), Code.INVALID_ARGUMENT, "REQUEST_ID_REUSED")
        equal(dict(detail.metadata), {"request_id": id})

    def _unimplemented(self):
        vanish = self._channel.unary_unary("/herald.tenants.v1.TenantsService/Vanish")
        equal(failure(lambda: vanish(b"", metadata=with_key(ADMIN_KEY), timeout=10)).code(), Code.UNIMPLEMENTED)
