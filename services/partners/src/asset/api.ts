import { AssetId, type PartnerId } from '@echelon/contracts/ids';
import { PAGE_DEFAULT } from '@echelon/contracts/paging';
import type { AssetRegistration, partners as contract } from '@echelon/contracts/partners';
import { type Caller, listFor, newId, type Rows } from '@echelon/lambda';
import type { Deps } from '../deps.ts';
import { ofRecord } from '../partner/lifecycle.ts';
import { lists } from '../store.ts';
import { type AssigneeFacts, reassign, register, retire, serialKey } from './commands.ts';

type Needs = Pick<Deps, 'partners' | 'assets' | 'listAssets' | 'claims' | 'tallies' | 'programs'>;

const assignee = async (partnerId: PartnerId, caller: Caller, { partners, tallies }: Needs): Promise<AssigneeFacts> => {
  const [partner, tally] = await Promise.all([partners.find(partnerId, caller), tallies.read(ofRecord(partnerId))]);
  return { partner: 'refused' in partner ? undefined : partner.state, tally };
};

const serialOf = async (registration: AssetRegistration, { claims }: Pick<Needs, 'claims'>) => {
  const key = serialKey(registration);
  return key === undefined ? undefined : (await claims.read([key]))[0];
};

export const assetRows = {
  registerAsset: ({ body, caller, cause, now }, deps) => {
    const facts = async () => {
      const [program, assigned, serial] = await Promise.all([
        deps.programs.at(body.programId, now),
        assignee(body.partnerOfRecord, caller, deps),
        serialOf(body, deps),
      ]);
      return { program, ...assigned, serial };
    };
    return deps.assets.decide(newId(AssetId, cause), cause, { facts, command: register({ registration: body, by: caller.principal, now }) });
  },

  assets: async ({ query, caller }, { listAssets }) => {
    const { programId, partnerId: named, status, cursor, limit = PAGE_DEFAULT } = query;
    const where = listFor(caller, { named, all: () => lists.assets(programId), own: (partnerId) => lists.assetsOf(programId, partnerId) });
    if (where === undefined) return { state: { items: [] } };
    const { items, ...rest } = await listAssets({ ...where, limit, cursor, status, newestFirst: true });
    return { state: { items: items.map(({ state }) => state), ...rest } };
  },

  asset: ({ params, caller }, { assets }) => assets.find(params.assetId, caller),

  reassignAsset: ({ params, body, caller, cause, now }, deps) =>
    deps.assets.decide(params.assetId, cause, {
      facts: () => assignee(body.to, caller, deps),
      command: reassign({ ...body, by: caller.principal, now }),
    }),

  retireAsset: ({ params, body, caller, cause, now }, { assets, claims, programs }) =>
    assets.decide(params.assetId, cause, {
      facts: async (loading) => {
        const asset = await loading;
        if (asset.status === 'none') return { serial: undefined, program: undefined };
        const [serial, program] = await Promise.all([serialOf(asset, { claims }), programs.at(asset.programId, now)]);
        return { serial, program };
      },
      command: retire({ ...body, by: caller.principal, now }),
    }),
} satisfies Partial<Rows<typeof contract, Needs>>;
