// One real campaign, from a sender to its report, followed over a stream.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import grpc from '@grpc/grpc-js';
import { until } from './checks.js';
import { detailOf } from './errors.js';
import { business, call, change, client, failure, withKey } from './world.js';

const PEOPLE = 60;
const WITHOUT_CONSENT = 5;
const ORDER = ['DRAFT', 'SCHEDULED', 'PREPARING', 'RUNNING', 'COMPLETED'].map((state) => `CAMPAIGN_STATE_${state}`);
const OUTCOMES = ['queued', 'in_flight', 'accepted', 'sent', 'delivered', 'read', 'failed', 'suppressed', 'expired', 'cancelled', 'unknown'];

export async function checkCampaign(checks, { tenant, key }) {
  const sender = await checks.run('a sender is connected', async () => {
    const connected = await change(key, 'tenants.v1.SendersService/ConnectSender', {
      parent: tenant,
      waba_id: business.waba_id,
      phone_number_id: business.numbers[0].phone_number_id,
      access_token: business.token,
      pin: '482915',
    });
    assert.equal(connected.sender.state, 'SENDER_STATE_ACTIVE');
    return connected.sender.name;
  });
  const template = await checks.run('a template is submitted and approved', () => approvedTemplate(tenant, key));
  const list = await checks.run('a contacts file is imported over a client stream', () => importedList(tenant, key));
  const campaign = await checks.run('a campaign is created', async () => {
    const created = await change(key, 'campaigns.v1.CampaignsService/CreateCampaign', {
      parent: tenant,
      campaign: {
        display_name: 'Interop', template, sender, contact_list: list,
        parameters: { 'body.1': { attribute: 'display_name', fallback: 'friend' }, 'body.2': { literal: '10%' } },
      },
    });
    assert.equal(created.campaign.state, 'CAMPAIGN_STATE_DRAFT');
    return created.campaign.name;
  });
  await checks.run('a stream whose deadline passes ends with DEADLINE_EXCEEDED after its first answer', async () => {
    const { answers, end } = await watch(key, campaign, { deadline: Date.now() + 3_000 });
    assert.equal((await failure(end)).code, 'DEADLINE_EXCEEDED');
    assert.equal(answers[0].campaign.state, 'CAMPAIGN_STATE_DRAFT');
  });
  await checks.run('a stream that its reader cancels ends with CANCELLED', async () => {
    const { stream, answers, end } = await watch(key, campaign, {});
    stream.cancel();
    assert.equal((await failure(end)).code, 'CANCELLED');
    assert.ok(answers.length >= 1);
  });
  await checks.run('a launched campaign is followed to its end', () => followed(key, campaign));
  await checks.run('the report counts everyone once', () => reported(key, campaign));
  await checks.run('what a finished campaign refuses, it refuses with its state', async () => {
    const pause = change(key, 'campaigns.v1.CampaignsService/PauseCampaign', { name: campaign });
    const { metadata } = await detailOf(pause, 'FAILED_PRECONDITION', 'CAMPAIGN_STATE');
    assert.equal(metadata.resource, campaign);
    assert.equal(metadata.state, 'COMPLETED');
    assert.ok(metadata.allowed_states.split(',').includes('RUNNING'));
  });
}

async function approvedTemplate(tenant, key) {
  const draft = await change(key, 'templates.v1.TemplatesService/CreateTemplate', {
    parent: tenant,
    template: {
      waba_id: business.waba_id,
      template_name: 'interop_node',
      language: 'en_US',
      category: 'TEMPLATE_CATEGORY_MARKETING',
      body: { text: 'Hello {{1}}, all of our bread is {{2}} off this week.', examples: { 1: 'Ana', 2: '10%' } },
      buttons: [{ quick_reply: { text: 'Stop promotions' } }],
    },
  });
  assert.equal(draft.template.state, 'TEMPLATE_STATE_DRAFT');
  const { name } = draft.template;
  await change(key, 'templates.v1.TemplatesService/SubmitTemplate', { name });
  await until('the approval', () => call(key, 'templates.v1.TemplatesService/GetTemplate', { name }), ({ template }) => template.state === 'TEMPLATE_STATE_APPROVED');
  return name;
}

async function importedList(tenant, key) {
  const list = await change(key, 'contacts.v1.ContactListsService/CreateContactList', { parent: tenant, contact_list: { display_name: 'Interop' } });
  const rows = Array.from({ length: PEOPLE }, (_, i) => `+3460${3_000_000 + i},Person ${i},${i < WITHOUT_CONSENT ? '' : 'yes'}`);
  const file = Buffer.from(`phone,name,consent\n${rows.join('\n')}\nnot a number,Nobody,yes\n`);
  const header = { parent: tenant, contact_list: list.contact_list.name, consent_source: 'Form at the counter', request_id: randomUUID() };
  const answer = await new Promise((resolve, reject) => {
    const upload = client('contacts.v1.ContactsService').ImportContacts(withKey(key), (error, imported) => (error ? reject(error) : resolve(imported)));
    upload.write({ header });
    for (let at = 0; at < file.length; at += 500) {
      upload.write({ chunk: file.subarray(at, at + 500) });
    }
    upload.end();
  });
  assert.equal(answer.summary.row_count, PEOPLE + 1);
  assert.equal(answer.summary.created_count, PEOPLE);
  assert.equal(answer.summary.rejected_count, 1);
  assert.equal(answer.summary.consent_granted_count, PEOPLE - WITHOUT_CONSENT);
  assert.deepEqual(answer.row_errors.map(({ line, column }) => ({ line, column })), [{ line: PEOPLE + 2, column: 'phone' }]);
  return list.contact_list.name;
}

/** Opens a stream and waits for its first answer; `end` settles when it is over. */
async function watch(key, name, options) {
  const stream = client('campaigns.v1.CampaignsService').WatchCampaign({ name, updates_per_second_max: 10 }, withKey(key), options);
  const answers = [];
  const end = new Promise((resolve, reject) => {
    stream.on('error', reject);
    stream.on('end', resolve);
  });
  end.catch(() => undefined);
  const first = new Promise((resolve) => {
    stream.on('data', (answer) => {
      answers.push(answer);
      resolve();
    });
  });
  await Promise.race([first, end]);
  return { stream, answers, end };
}

async function followed(key, campaign) {
  const { answers, end } = await watch(key, campaign, { deadline: Date.now() + 90_000 });
  const launched = await change(key, 'campaigns.v1.CampaignsService/LaunchCampaign', { name: campaign });
  assert.equal(launched.campaign.state, 'CAMPAIGN_STATE_PREPARING');
  await end;
  const states = answers.map((answer) => answer.campaign.state);
  const places = states.map((state) => ORDER.indexOf(state));
  assert.ok(places.every((place, i) => place >= (places[i - 1] ?? 0)), `states go forward only: ${states}`);
  assert.equal(states[0], 'CAMPAIGN_STATE_DRAFT');
  assert.equal(states.at(-1), 'CAMPAIGN_STATE_COMPLETED');
  assert.ok(answers.length >= 3, `steps between are seen: ${states}`);
}

async function reported(key, campaign) {
  const ask = async () => (await call(key, 'campaigns.v1.CampaignsService/GetCampaignReport', { name: campaign })).campaign_report;
  const report = await until('all deliveries', ask, ({ delivered_total: delivered }) => delivered === PEOPLE - WITHOUT_CONSENT);
  assert.equal(report.recipient_count, PEOPLE);
  assert.equal(OUTCOMES.reduce((sum, outcome) => sum + report[`${outcome}_count`], 0), PEOPLE);
  assert.deepEqual(report.suppressed_by_reason, [{ reason: 'SUPPRESSION_REASON_NO_OPT_IN', count: WITHOUT_CONSENT }]);
  assert.equal(report.sent_total, PEOPLE - WITHOUT_CONSENT);
  assert.equal(report.failed_count, 0);
}
