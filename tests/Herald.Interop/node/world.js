// The host under test, as a client sees it: an address, a key, the protos.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const here = path.dirname(fileURLToPath(import.meta.url));
const protoRoots = [path.resolve(here, '../../../protos'), path.resolve(here, '../protos')];
const CALL_MS = 60_000;

function need(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`The variable ${name} is not set; start ../run.`);
  }
  return value;
}

export const address = need('HERALD_GRPC');
export const adminKey = need('HERALD_ADMIN_KEY');
export const business = JSON.parse(need('HERALD_BUSINESS'));
export const credentials = grpc.credentials.createInsecure();

const loaderOptions = { keepCase: true, longs: Number, enums: String, defaults: true, oneofs: true, includeDirs: protoRoots };
const definition = await protoLoader.load(
  [
    'herald/tenants/v1/tenants.proto',
    'herald/tenants/v1/api_keys.proto',
    'herald/tenants/v1/senders.proto',
    'herald/templates/v1/templates.proto',
    'herald/contacts/v1/contact_lists.proto',
    'herald/contacts/v1/contacts.proto',
    'herald/campaigns/v1/campaigns.proto',
    'herald/errors/v1/errors.proto',
    'google/rpc/status.proto',
  ],
  loaderOptions,
);
const packages = grpc.loadPackageDefinition(definition);
const clients = new Map();

/** The client of a service, such as `tenants.v1.TenantsService`. */
export function client(service) {
  if (!clients.has(service)) {
    const Client = `herald.${service}`.split('.').reduce((scope, segment) => scope[segment], packages);
    clients.set(service, new Client(address, credentials));
  }
  return clients.get(service);
}

/** Ends all connections, so that the process can end. */
export function close() {
  for (const open of clients.values()) {
    open.close();
  }
}

export function withKey(key) {
  const metadata = new grpc.Metadata();
  if (key) {
    metadata.set('authorization', `Bearer ${key}`);
  }
  return metadata;
}

/** Calls a unary method: `call(key, 'tenants.v1.TenantsService/GetTenant', {…})`. */
export function call(key, method, request, deadlineMs = CALL_MS) {
  const [service, name] = method.split('/');
  return new Promise((resolve, reject) => {
    const options = { deadline: Date.now() + deadlineMs };
    client(service)[name](request, withKey(key), options, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
}

/** The same with a fresh `request_id`, as every change wants one. */
export function change(key, method, request) {
  return call(key, method, { ...request, request_id: randomUUID() });
}

/** The error of a call that has to fail, with its detail read from the trailer. */
export async function failure(promise) {
  const error = await promise.then(
    () => {
      throw new Error('the call succeeded');
    },
    (refusal) => refusal,
  );
  if (typeof error.code !== 'number') {
    throw error;
  }
  const trailer = error.metadata?.get('grpc-status-details-bin') ?? [];
  return { code: grpc.status[error.code], text: error.details, details: trailer.map(readStatus) };
}

function readStatus(bytes) {
  const status = definition['google.rpc.Status'].deserialize(bytes);
  const details = status.details.map(({ type_url: type, value }) => ({
    type,
    detail: type.endsWith('/herald.errors.v1.ErrorDetail') ? definition['herald.errors.v1.ErrorDetail'].deserialize(value) : undefined,
  }));
  return { code: grpc.status[status.code], message: status.message, details };
}
