/** Who acts in a journey, each with typed clients of their own; and how to wait for what arrives by event. */
import { ApiProblem, type Client, clientOf } from '@echelon/client';
import { deals } from '@echelon/contracts/deals';
import { partners } from '@echelon/contracts/partners';
import { platform } from '@echelon/contracts/platform';
import { programs } from '@echelon/contracts/programs';
import { tiering } from '@echelon/contracts/tiering';
import type { Credentials, Persona, World } from '../world.ts';

export interface Actor {
  readonly programs: Client<typeof programs>;
  readonly partners: Client<typeof partners>;
  readonly deals: Client<typeof deals>;
  readonly tiering: Client<typeof tiering>;
  readonly platform: Client<typeof platform>;
}

export const actor = (world: Pick<World, 'url' | 'token'>, who: Persona | Credentials): Actor => {
  let token: Promise<string> | undefined;
  const options = {
    url: world.url,
    token: () => {
      token ??= world.token(who);
      return token;
    },
  };
  return {
    programs: clientOf(programs, options),
    partners: clientOf(partners, options),
    deals: clientOf(deals, options),
    tiering: clientOf(tiering, options),
    platform: clientOf(platform, options),
  };
};

/** What a call was refused as; one that was expected to be refused and was not is undefined. */
export const refusal = (asked: Promise<unknown>): Promise<string | undefined> =>
  asked.then(
    () => undefined,
    (error: unknown) => (error instanceof ApiProblem ? error.problem.code : Promise.reject(error)),
  );

const WAIT_MS_MAX = 60_000;
const POLL_MS = 100;

/** What becomes true by event: asked for until it is, or the wait is over. */
export const eventually = async <Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> => {
  const deadline = performance.now() + WAIT_MS_MAX;
  let last: unknown;
  while (performance.now() < deadline) {
    try {
      const seen = await look();
      if (seen !== undefined) return seen;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`it did not come to pass that ${what}`, { cause: last });
};
