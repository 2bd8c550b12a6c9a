/** A shop in a process of its own, for the tests to kill: `node shop.main.ts <folder>` says its URL and waits. */
import { startStage } from '../stage.ts';
import { shop } from './shop.ts';

const [, , folder = '', mode = 'one-thread'] = process.argv;
const stage = await startStage({ services: shop, folder, mode: mode === 'workers' ? 'workers' : 'one-thread' });
await stage.register({ clientId: 'crm', secret: 'secret', role: 'operator' });
console.log(JSON.stringify({ url: stage.url, token: await stage.token('crm') }));
