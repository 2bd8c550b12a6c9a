/** Every operation that is measured by itself, in the order of a vendor's day. */
import { dealRows, reactionRows } from './deal-rows.ts';
import { partnerRows } from './partner-rows.ts';
import { programRows } from './program-rows.ts';
import type { Rows } from './row.ts';
import type { Scene } from './scene.ts';
import { tieringRows } from './tiering-rows.ts';

export const rows = async (scene: Scene): Promise<Rows> => ({
  ...dealRows(scene),
  ...partnerRows(scene),
  ...programRows(scene),
  ...(await tieringRows(scene)),
  ...reactionRows(scene),
});
