import { documents } from '@echelon/program/documents';
import { actor } from '../journeys/cast.ts';
import { type Rows, row } from './row.ts';
import { inDays, nothing, type Scene } from './scene.ts';

const document = documents['reseller-example'];

export const programRows = ({ world }: Scene): Rows => {
  const [drafter, approver] = [actor(world, 'program-manager').programs, actor(world, 'second-program-manager').programs];
  const established = async () => ({ programId: (await drafter.establish({ body: { name: document.name } })).value.id });
  const drafted = async () => {
    const params = await established();
    const [version] = (await drafter.draft({ params, body: { document } })).value.versions;
    if (version === undefined) throw new Error('the draft left no version');
    return { ...params, versionId: version.versionId };
  };
  const approved = async () => {
    const params = await drafted();
    await approver.approve({ params });
    return params;
  };
  return {
    'programs establish': row(nothing, established),
    'programs draft': row(established, (params) => drafter.draft({ params, body: { document } })),
    'programs approve': row(drafted, (params) => approver.approve({ params })),
    'programs activate': row(approved, (params) => drafter.activate({ params, body: { effectiveFrom: inDays(1) } })),
  };
};
