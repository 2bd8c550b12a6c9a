/**
 * Equality of Temporal values for test runners. Their state is in private slots, so that a structural comparison finds
 * two empty objects and calls any two days equal: a test that can't fail. vitest 5.1 sees into them in toEqual and
 * toStrictEqual, but not in toMatchObject. Register it once, in the setup file: `expect.addEqualityTesters([temporalEquals])`.
 *
 * @returns undefined when neither is a Temporal value: somebody else's question.
 */
export function temporalEquals(a: unknown, b: unknown): boolean | undefined {
  const [kindA, kindB] = [temporalKind(a), temporalKind(b)];
  if (kindA === undefined && kindB === undefined) return undefined;
  // Their texts are exact: nanoseconds, offset, zone and calendar are all in them.
  return kindA === kindB && String(a) === String(b);
}

/** 'Temporal.Instant', … The tag, not instanceof: it is the same for the polyfill's classes and for native ones. */
function temporalKind(value: unknown): string | undefined {
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1);
  return tag.startsWith('Temporal.') ? tag : undefined;
}
