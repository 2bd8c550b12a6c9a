import type { Fault } from '@echelon/contracts';

/** A refusal that is about one field of the body, with where that stands. */
export const pointed = <Outcome extends object>(
  outcome: Outcome,
  places: Readonly<Record<string, string>>,
): Outcome & { readonly faults?: readonly Fault[] } => {
  const { refused = '', because }: { refused?: string; because?: string } = outcome;
  const pointer = places[refused];
  return pointer === undefined ? outcome : { ...outcome, faults: [{ in: 'body', pointer, message: because ?? refused }] };
};
