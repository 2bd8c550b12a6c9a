/** `npm run backfill`: sends a producer's stored events to one consumer's queue alone. */
import type { Contract } from '@echelon/contracts';
import { services } from '@echelon/contracts/services';
import { backfill } from '../infra/backfill.ts';
import { account, stageFor, stageNames } from './aws.ts';
import { argumentsOf, misuse } from './usage.ts';

const USAGE = `npm run backfill -- <producer> <consumer> --stage ${stageNames} [--from <key that it printed>]

  services   ${services.map(({ name }) => name).join(', ')}`;

const { values, positionals } = argumentsOf(USAGE, { stage: { type: 'string' }, from: { type: 'string' } }, { allowPositionals: true });
const [producer, consumer, ...more] = positionals.map(
  (name): Contract => services.find((service) => service.name === name) ?? misuse(`There is no service "${name}".`, USAGE),
);
if (!producer || !consumer || more.length > 0) misuse('Say whose events go to whom: two services.', USAGE);
else {
  const stage = stageFor(values.stage, USAGE);
  if (!consumer.reacts.some(({ service }) => service === producer.name)) misuse(`${consumer.name} reacts to no event of ${producer.name}.`, USAGE);
  await account();
  await backfill({ producer, consumer, stage, from: values.from }).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
