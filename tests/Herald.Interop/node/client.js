// Calls the host with gRPC's JavaScript implementation. Started by ../run.
import { checkCampaign } from './campaign.js';
import { Checks } from './checks.js';
import { checkErrors, checkUnary } from './errors.js';
import { checkHealth, checkReflection } from './infrastructure.js';
import { close } from './world.js';

const checks = new Checks();
await checkHealth(checks);
const tenant = await checkUnary(checks);
await checkReflection(checks, tenant);
await checkErrors(checks, tenant);
await checkCampaign(checks, tenant);
close();
// The reflection client offers no way to close its connections.
process.exit(checks.failed === 0 ? 0 : 1);
