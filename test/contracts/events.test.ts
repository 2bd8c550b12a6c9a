/** What subscribers read of each event: a sentence, which AsyncAPI shows beside its schema. */
import { services } from '@echelon/contracts/services';
import { expect, it } from 'vitest';
import * as z from 'zod';

/** Told by their names alone, until these have their sentences too. */
const BY_NAME_ALONE: ReadonlySet<string> = new Set(['ProgramEstablished', 'ProgramVersionDrafted', 'ProgramVersionApproved']);

it.each(services.map((contract) => [contract.name, Object.values(contract.events)] as const))('%s says of every event what happened', (_, events) => {
  for (const { name, data } of events) if (!BY_NAME_ALONE.has(name)) expect(z.globalRegistry.get(data)?.description, name).toMatch(/^[A-Z].*\.$/);
});
