/** What sweeps cost of one aggregate, where they deal with a page of them. */
import { Instant, systemClock } from '@echelon/calendar';
import * as z from 'zod';
import { partnersOf } from './partner-rows.ts';
import { replant, uproot } from './planted.ts';
import { type Rows, row } from './row.ts';
import { approvedDeal, nothing, type Scene } from './scene.ts';

/** A page of the daily look, less the two partners of the scene. */
const STANDINGS = 40;
const DEALS = 10;
const PEOPLE = 10;
const NOTICED_DAYS_BEFORE = 5;

export const sweepRows = async (scene: Scene): Promise<Rows> => {
  const { stage } = scene.world;
  const { enrolled, employed, certify } = partnersOf(scene);
  const sweep = (service: string, name: string) => () => stage.invoke(service, 'sweep', { sweep: name });

  for (let n = 2; n < STANDINGS; n++) await enrolled();
  await stage.settle();
  const newRound = () => uproot(stage, { service: 'tiering', id: `ROUND#${scene.programId}`, sort: 'ROUND' });
  const expiring = async () => {
    const protectedUntil = z.encode(Instant, systemClock.now().subtract({ hours: 1 }));
    for (let n = 0; n < DEALS; n++) {
      const { id } = await approvedDeal(scene);
      const place = { service: 'deals', id };
      await replant(
        stage,
        place,
        (deal) => ({ ...deal, protectedUntil }),
        () => ({ duesk: { S: `${protectedUntil}#${id}` } }),
      );
    }
  };
  const ending = async () => {
    for (let n = 0; n < PEOPLE; n++) await certify(await employed(), NOTICED_DAYS_BEFORE);
  };

  return {
    [`tiering judge, of ${STANDINGS} as they should be`]: row(newRound, sweep('tiering', 'judge'), { by: 'sweep', each: STANDINGS }),
    'tiering judge, the hour after': row(nothing, sweep('tiering', 'judge'), { by: 'sweep' }),
    'deals expire, nothing due': row(nothing, sweep('deals', 'expire'), { by: 'sweep' }),
    [`deals expire, of ${DEALS} due`]: row(expiring, sweep('deals', 'expire'), { by: 'sweep', each: DEALS }),
    [`partners certifications, of ${PEOPLE} due`]: row(ending, sweep('partners', 'certifications'), { by: 'sweep', each: PEOPLE }),
  };
};
