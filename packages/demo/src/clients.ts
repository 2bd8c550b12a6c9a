/** Everybody who acts in the demo has typed clients, and tokens that last. */
import { type Client, clientOf } from '@echelon/client';
import { sweepRouteOf } from '@echelon/contracts';
import { deals } from '@echelon/contracts/deals';
import { partners } from '@echelon/contracts/partners';
import { platform } from '@echelon/contracts/platform';
import { programs } from '@echelon/contracts/programs';
import { services } from '@echelon/contracts/services';
import { tiering } from '@echelon/contracts/tiering';

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}
export interface Place {
  readonly url: string;
  /** A token for one of the vendor's people, by the name of its role; or for a partner's system. */
  readonly token: (who: string | Credentials) => Promise<string>;
}
export interface Clients {
  readonly programs: Client<typeof programs>;
  readonly partners: Client<typeof partners>;
  readonly deals: Client<typeof deals>;
  readonly tiering: Client<typeof tiering>;
  readonly platform: Client<typeof platform>;
  /** All that time brings about, now. */
  readonly sweep: () => Promise<void>;
}

export const clientsOf = ({ url, token: ask }: Place, who: string | Credentials): Clients => {
  let kept: Promise<string> | undefined;
  const token = ({ fresh }: { readonly fresh: boolean }): Promise<string> => {
    if (fresh || kept === undefined) kept = ask(who);
    return kept;
  };
  const options = { url, token };
  const sweeps = services.flatMap((contract) => {
    const route = sweepRouteOf(contract);
    if (route === undefined) return [];
    const { run } = clientOf({ ...contract, routes: { run: route } }, options);
    return [
      async () => {
        for (const sweep of Object.keys(contract.sweeps)) await run({ params: { sweep } });
      },
    ];
  });
  return {
    programs: clientOf(programs, options),
    partners: clientOf(partners, options),
    deals: clientOf(deals, options),
    tiering: clientOf(tiering, options),
    platform: clientOf(platform, options),
    sweep: async () => {
      await Promise.all(sweeps.map((run) => run()));
    },
  };
};
