/** What the README shows of a document, and of the API's answer beside it, is what they say. */
import { readFileSync } from 'node:fs';
import { clientOf } from '@echelon/client';
import { TierGap, tiering } from '@echelon/contracts/tiering';
import { loadDemo, people } from '@echelon/demo';
import { startStage } from '@echelon/local-stage';
import { ProgramDocument } from '@echelon/program';
import { documents } from '@echelon/program/documents';
import { expect, it } from 'vitest';
import * as z from 'zod';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const [, section = ''] = /## A program is a document(.*?)\n## /s.exec(readme) ?? [];
/** The year of history ends today: on another day than the README's its days are others. */
const undated = (json: string): unknown => JSON.parse(json.replaceAll(/\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]+ \d{4}/g, 'a day'));
const [ofDocument, ofAnswer] = Array.from(section.matchAll(/```json\n(.*?)```/gs), ([, json = '']) => undated(json));

it('a tier of the document, and what a partner of the demo is told of it', async () => {
  const program = 'vmware-partner-connect-2022';
  const { key } = z.looseObject({ key: z.string() }).parse(ofDocument);
  const tiers = ProgramDocument.encode(documents[program]).ladders.flatMap((ladder) => ladder.tiers);
  expect(ofDocument).toEqual(tiers.find((tier) => tier.key === key));

  const stage = await startStage();
  try {
    for (const { clientId, role } of people) await stage.register({ clientId, secret: clientId, role });
    const token = (who: string | { clientId: string }) => stage.token(typeof who === 'string' ? who : who.clientId);
    const { programs } = await loadDemo({ url: stage.url, token, settled: stage.settle, programs: [program] });
    const [shown] = programs.map(({ shows }) => shows);
    if (shown === undefined) throw new Error('no partner is shown');
    expect(section).toContain(shown.partner);
    const { value } = await clientOf(tiering, { url: stage.url, token: () => token('auditor') }).gap({ params: { standingId: shown.standingId } });
    const [ladder] = value.ladders;
    expect(ladder?.official).toBe('select');
    const tier = ladder?.tiers.find((one) => one.tier === key);
    if (tier === undefined) throw new Error(`no gap to ${key}`);
    expect(undated(JSON.stringify(z.encode(TierGap, tier)))).toMatchObject(z.looseObject({ tier: z.string() }).parse(ofAnswer));
  } finally {
    await stage.stop();
  }
});
