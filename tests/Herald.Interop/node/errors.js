// Unary calls, deadlines, and what an error says.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { adminKey, call, change, client, failure, withKey } from './world.js';

const ABSENT = '0190a000-0000-7000-8000-000000000000';

/** The failure has exactly one detail, of our type, that agrees with the status; the detail is returned. */
export async function detailOf(promise, code, reason) {
  const error = await failure(promise);
  assert.equal(error.code, code, error.text);
  assert.equal(error.details.length, 1, 'one google.rpc.Status');
  const [status] = error.details;
  assert.equal(status.code, code);
  assert.equal(status.message, error.text);
  assert.equal(status.details.length, 1, 'one detail');
  assert.equal(status.details[0].type, 'type.googleapis.com/herald.errors.v1.ErrorDetail');
  const { detail } = status.details[0];
  assert.equal(detail.domain, 'herald');
  assert.equal(detail.reason, `REASON_${reason}`);
  return detail;
}

/** Makes a tenant and its key; later checks use them. */
export async function checkUnary(checks) {
  const tenant = await checks.run('a tenant is created, and repeated under the same request id', async () => {
    const request = { tenant: { display_name: 'Interop in Node', time_zone: 'Europe/Madrid', default_region: 'ES' }, request_id: randomUUID() };
    const first = await call(adminKey, 'tenants.v1.TenantsService/CreateTenant', request);
    const again = await call(adminKey, 'tenants.v1.TenantsService/CreateTenant', request);
    assert.match(first.tenant.name, /^tenants\/[0-9a-f-]{36}$/);
    assert.equal(first.tenant.state, 'TENANT_STATE_ACTIVE');
    assert.equal(again.tenant.name, first.tenant.name);
    return first.tenant.name;
  });
  const key = await checks.run('a key of the tenant is created and reads the tenant', async () => {
    const created = await change(adminKey, 'tenants.v1.ApiKeysService/CreateApiKey', {
      parent: tenant,
      api_key: { display_name: 'Interop', scopes: ['API_KEY_SCOPE_ADMIN'] },
    });
    assert.match(created.secret, /^hk_/);
    const read = await call(created.secret, 'tenants.v1.TenantsService/GetTenant', { name: tenant });
    assert.equal(read.tenant.display_name, 'Interop in Node');
    return created.secret;
  });
  await checks.run('pages of tenants do not overlap and come to an end', async () => {
    const names = [];
    let token = '';
    do {
      const page = await call(adminKey, 'tenants.v1.TenantsService/ListTenants', { page_size: 1, page_token: token });
      names.push(...page.tenants.map((listed) => listed.name));
      token = page.next_page_token;
    } while (token && names.length < 1_000);
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.includes(tenant));
  });
  return { tenant, key };
}

export async function checkErrors(checks, { tenant, key }) {
  const get = (by, name) => call(by, 'tenants.v1.TenantsService/GetTenant', { name });
  await checks.run('a call without a key says API_KEY_MISSING', () => detailOf(get(undefined, tenant), 'UNAUTHENTICATED', 'API_KEY_MISSING'));
  await checks.run('a made-up key says API_KEY_INVALID', () => detailOf(get('hk_none_none', tenant), 'UNAUTHENTICATED', 'API_KEY_INVALID'));
  await checks.run('a missing resource is named in the metadata', async () => {
    const detail = await detailOf(get(key, `tenants/${ABSENT}`), 'NOT_FOUND', 'RESOURCE_NOT_FOUND');
    assert.deepEqual(detail.metadata, { resource: `tenants/${ABSENT}` });
  });
  await checks.run('another tenant is not found either', async () => {
    const other = await change(adminKey, 'tenants.v1.TenantsService/CreateTenant', { tenant: { display_name: 'Somebody else' } });
    const detail = await detailOf(get(key, other.tenant.name), 'NOT_FOUND', 'RESOURCE_NOT_FOUND');
    assert.deepEqual(detail.metadata, { resource: other.tenant.name });
  });
  await checks.run('a missing field is named with its rule', async () => {
    const bad = change(adminKey, 'tenants.v1.TenantsService/CreateTenant', { tenant: { time_zone: 'Europe/Madrid' } });
    const detail = await detailOf(bad, 'INVALID_ARGUMENT', 'FIELD_INVALID');
    assert.deepEqual(detail.field_violations.map(({ field, rule }) => ({ field, rule })), [{ field: 'tenant.display_name', rule: 'required' }]);
  });
  await checks.run('a missing scope is named in the metadata', async () => {
    const reader = await change(key, 'tenants.v1.ApiKeysService/CreateApiKey', {
      parent: tenant,
      api_key: { display_name: 'Reader', scopes: ['API_KEY_SCOPE_READ'] },
    });
    const list = change(reader.secret, 'contacts.v1.ContactListsService/CreateContactList', { parent: tenant, contact_list: { display_name: 'No' } });
    const detail = await detailOf(list, 'PERMISSION_DENIED', 'SCOPE_MISSING');
    assert.deepEqual(detail.metadata, { scope: 'WRITE' });
  });
  await checks.run('a request id of another content says REQUEST_ID_REUSED', async () => {
    const id = randomUUID();
    const create = (name) => call(adminKey, 'tenants.v1.TenantsService/CreateTenant', { tenant: { display_name: name }, request_id: id });
    await create('One');
    const detail = await detailOf(create('Two'), 'INVALID_ARGUMENT', 'REQUEST_ID_REUSED');
    assert.deepEqual(detail.metadata, { request_id: id });
  });
  await checks.run('an unknown method is UNIMPLEMENTED', async () => {
    const identity = (value) => value;
    const unknown = new Promise((resolve, reject) => {
      const done = (error, answer) => (error ? reject(error) : resolve(answer));
      client('tenants.v1.TenantsService').makeUnaryRequest(
        '/herald.tenants.v1.TenantsService/Vanish', identity, identity, Buffer.alloc(0), withKey(adminKey), {}, done);
    });
    assert.equal((await failure(unknown)).code, 'UNIMPLEMENTED');
  });
  await checks.run('a tiny deadline is DEADLINE_EXCEEDED', async () => {
    const late = call(key, 'tenants.v1.TenantsService/GetTenant', { name: tenant }, 0);
    assert.equal((await failure(late)).code, 'DEADLINE_EXCEEDED');
  });
}
