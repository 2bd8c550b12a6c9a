import type { ProgramDocument } from './document.ts';
import type { Finding, Found } from './finding.ts';
import type { Migration } from './migration.ts';

/** Each tier of before goes to one place of every ladder that the plan fills: nobody is left where nothing is any more. */
export const migrationFindings = (document: ProgramDocument): Finding[] => {
  const { migration, ladders } = document;
  if (migration === undefined) return [];
  const { tiers, moves } = migration;
  const place = '/migration/moves';
  const filled = ladders.filter(({ key }) => isFilled(key, document));
  return [
    ...tiers.flatMap(({ key }, at) =>
      filled
        .filter((ladder) => !moves.some((move) => move.from === key && ladderOf(move, document) === ladder.key))
        .map((ladder) => ({ pointer: `/migration/tiers/${at}`, message: `"${key}" goes nowhere on ladder "${ladder.key}"` })),
    ),
    ...moves.flatMap((move, at) =>
      moves.slice(0, at).some((other) => other.from === move.from && ladderOf(other, document) === ladderOf(move, document))
        ? [{ pointer: `${place}/${at}`, message: `"${move.from}" goes to two places on one ladder` }]
        : [],
    ),
  ];
};

const ladderOf = (move: Migration['moves'][number], { ladders }: ProgramDocument): string | undefined =>
  move.by === 'facts' ? move.ladder : ladders.find(({ tiers }) => tiers.some(({ key }) => key === move.tier))?.key;

const isFilled = (ladder: string, document: ProgramDocument): boolean =>
  document.migration?.moves.some((move) => ladderOf(move, document) === ladder) ?? false;

/**
 * The same beside the document that is really replaced, which knows its tiers better than the plan does. A tier stays as it is on a
 * ladder that no plan fills, and there alone. One that is gone and that no plan moves is reported: those who hold it begin at the
 * lowest again.
 */
export const replacementFindings = (document: ProgramDocument, replaced: ProgramDocument): Found[] => {
  const kept = new Set(document.ladders.flatMap(({ key: ladder, tiers }) => (isFilled(ladder, document) ? [] : tiers.map(({ key }) => key))));
  const planned = new Set(document.migration?.tiers.map(({ key }) => key));
  return replaced.ladders
    .flatMap(({ tiers }) => tiers)
    .filter(({ key }) => !kept.has(key) && !planned.has(key))
    .map(({ key, name }) =>
      document.migration === undefined
        ? {
            severity: 'reported',
            pointer: '/ladders',
            message: `"${key}" (${name}) of the version before is gone, and no migration moves who holds it`,
          }
        : { severity: 'refused', pointer: '/migration/tiers', message: `leaves "${key}" (${name}) of the version before unmapped` },
    );
};
