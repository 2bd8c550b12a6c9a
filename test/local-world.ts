import { dealEvents } from '@echelon/contracts/deals';
import { type StageOptions, startStage } from '@echelon/local-stage';
import { vi } from 'vitest';
import { type Credentials, type Persona, personas, type World } from './world.ts';

/** A local stage of its own, in memory, with the cast registered and billing listening. */
export const localWorld = async (options: StageOptions = {}): Promise<World & { readonly stage: Awaited<ReturnType<typeof startStage>> }> => {
  const stage = await startStage(options);
  for (const [clientId, role] of Object.entries(personas)) await stage.register({ clientId, secret: `${clientId}-secret`, role });
  const billing = stage.listen('billing', [dealEvents.DealWon]);
  const operator = () => stage.token('operator');
  return {
    name: 'local stage',
    stage,
    url: stage.url,
    callersMax: 50,
    token: (who: Persona | Credentials) => stage.token(typeof who === 'string' ? who : who.clientId),
    billed: async () => billing.received().map(({ detail }) => detail),
    sweep: async (service, sweep) => {
      const answer = await fetch(`${stage.url}/v1/sweeps/${service}/${sweep}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await operator()}`, 'idempotency-key': crypto.randomUUID() },
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    logFromNow,
    close: () => stage.stop(),
  };
};

/** What functions write goes to CloudWatch by way of standard output and standard error: here it is overheard. */
const logFromNow = (): (() => Promise<readonly string[]>) => {
  const overheard = [process.stdout, process.stderr].map((stream) => {
    const { mock } = vi.spyOn(stream, 'write');
    return { mock, before: mock.calls.length };
  });
  return async () => overheard.flatMap(({ mock, before }) => mock.calls.slice(before).flatMap(([chunk]) => String(chunk).split('\n')));
};
