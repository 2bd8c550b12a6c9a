import { createHash } from 'node:crypto';
import type { IdSchema } from '@echelon/contracts/ids';
import type { Cause } from '@echelon/decider';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_LENGTH = 26;

/** 130 bits of SHA-256 in Crockford's base 32, lower case. */
export const digest = (...parts: readonly string[]): string => {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest();
  let bits = BigInt(`0x${hash.subarray(0, 17).toString('hex')}`) >> 6n;
  let text = '';
  for (let n = 0; n < ID_LENGTH; n++) {
    text = alphabet.charAt(Number(bits & 31n)) + text;
    bits >>= 5n;
  }
  return text;
};

/**
 * The id of what this cause creates: the same for each retry, so that a retry finds what it made and callers make no ids.
 * @example newId(DealId, cause) // deal_01h455vb4pex5vsknk084sn02q
 */
export const newId = <Id extends string>(schema: IdSchema<Id>, cause: Pick<Cause, 'id'>): Id => idFrom(schema, cause.id);

/** An id that follows from what it is about, wherever and whenever it is worked out: one standing per partner, program and ladder. */
export const idFrom = <Id extends string>(schema: IdSchema<Id>, ...parts: readonly string[]): Id =>
  schema.parse(`${schema.prefix}_${digest(schema.prefix, ...parts)}`);
