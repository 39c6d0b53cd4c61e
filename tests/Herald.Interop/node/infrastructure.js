// Health and reflection, with clients and protos that other people wrote.
import assert from 'node:assert/strict';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import health from 'grpc-health-check';
import reflection from 'grpc-js-reflection-client';
import { address, credentials, failure, withKey } from './world.js';

const SERVICES = [
  'grpc.health.v1.Health',
  'herald.campaigns.v1.CampaignsService',
  'herald.consents.v1.ConsentsService',
  'herald.contacts.v1.ContactListsService',
  'herald.contacts.v1.ContactsService',
  'herald.messages.v1.MessagesService',
  'herald.templates.v1.TemplatesService',
  'herald.tenants.v1.ApiKeysService',
  'herald.tenants.v1.OwnersService',
  'herald.tenants.v1.SendersService',
  'herald.tenants.v1.TenantsService',
];

export async function checkHealth(checks) {
  const definition = protoLoader.loadSync(health.protoPath, { keepCase: true, enums: String, defaults: true });
  const { Health } = grpc.loadPackageDefinition(definition).grpc.health.v1;
  const client = new Health(address, credentials);
  const check = (service) =>
    new Promise((resolve, reject) => {
      client.check({ service }, { deadline: Date.now() + 10_000 }, (error, answer) => (error ? reject(error) : resolve(answer.status)));
    });
  await checks.run('health: the server is SERVING', async () => assert.equal(await check(''), 'SERVING'));
  await checks.run('health: an unknown service is NOT_FOUND', async () => assert.equal((await failure(check('no.such.Service'))).code, 'NOT_FOUND'));
  await checks.run('health: a watch tells the state at once, and stays open', async () => {
    assert.deepEqual(await firstOf(client.watch({ service: '' })), { status: 'SERVING' });
    assert.deepEqual(await firstOf(client.watch({ service: 'no.such.Service' })), { status: 'SERVICE_UNKNOWN' });
  });
  client.close();
}

export async function checkReflection(checks, { tenant, key }) {
  for (const version of ['v1', 'v1alpha']) {
    const server = new reflection.GrpcReflection(address, credentials, {}, version);
    await checks.run(`reflection ${version}: lists the services`, async () => {
      const services = await server.listServices();
      assert.deepEqual(SERVICES.filter((service) => !services.includes(service)), []);
    });
    await checks.run(`reflection ${version}: tells a service with all that its files import`, async () => {
      const methods = await server.listMethods('herald.campaigns.v1.CampaignsService');
      assert.equal(methods.find(({ name }) => name === 'WatchCampaign').definition.responseStream, true);
      assert.equal(methods.find(({ name }) => name === 'LaunchCampaign').definition.responseStream, false);
    });
    await checks.run(`reflection ${version}: an unknown symbol is refused`, async () => {
      await assert.rejects(server.getDescriptorBySymbol('herald.tenants.v1.Nothing'));
    });
    await checks.run(`reflection ${version}: a client made of it alone can call`, async () => {
      const descriptor = await server.getDescriptorBySymbol('herald.tenants.v1.TenantsService');
      const { TenantsService } = descriptor.getPackageObject({ keepCase: true }).herald.tenants.v1;
      const client = new TenantsService(address, credentials);
      const answer = await new Promise((resolve, reject) => {
        client.GetTenant({ name: tenant }, withKey(key), (error, read) => (error ? reject(error) : resolve(read)));
      });
      client.close();
      assert.equal(answer.tenant.name, tenant);
    });
  }
}

function firstOf(stream) {
  return new Promise((resolve, reject) => {
    stream.on('error', (error) => (error.code === grpc.status.CANCELLED ? undefined : reject(error)));
    stream.on('end', () => reject(new Error('the stream ended by itself')));
    stream.once('data', (message) => {
      stream.removeAllListeners('end');
      stream.cancel();
      resolve(message);
    });
  });
}
