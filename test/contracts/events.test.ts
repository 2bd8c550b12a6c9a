/** What subscribers read of each event: a sentence, which AsyncAPI shows beside its schema. */
import { services } from '@echelon/contracts/services';
import { expect, it } from 'vitest';
import * as z from 'zod';

it.each(services.map((contract) => [contract.name, Object.values(contract.events)] as const))('%s says of every event what happened', (_, events) => {
  for (const { name, data } of events) expect(z.globalRegistry.get(data)?.description, name).toMatch(/^[A-Z].*\.$/);
});
