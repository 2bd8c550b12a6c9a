import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from './json.ts';

describe('JSON from others', () => {
  it('is what JSON.parse makes of it, wherever no name stands twice', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(text)).toEqual({ json: JSON.parse(text) });
      }),
    );
  });

  it.each([
    ['{"a":1,"a":1}', '/a'],
    ['{"a":1,"\\u0061":1}', '/a'],
    ['[{"x":[0,{"a/b":{},"c":"a/b","a/b":[]}]}]', '/0/x/1/a~1b'],
    ['{"__proto__":1,"__proto__":2}', '/__proto__'],
  ])('is refused where a name stands twice: %s', (text, pointer) => {
    expect(parseJson(text)).toEqual({ faults: [{ in: 'body', pointer, message: 'Stands twice.' }] });
  });

  it.each(['{"a":{"a":1},"b":{"a":2}}', '[{"a":1},{"a":1}]', '{"a":"a","b":"a"}', '{"a":"\\"b\\":","b":"{\\"a\\":"}'])(
    'is taken where it does not: %s',
    (text) => {
      expect(parseJson(text)).toEqual({ json: JSON.parse(text) });
    },
  );

  it.each([`${'['.repeat(20_000)}${']'.repeat(20_000)}`, `${'{"a":'.repeat(51)}1${'}'.repeat(51)}`, '{', ''])(
    'is malformed where nobody can read it',
    (text) => {
      expect(parseJson(text)).toHaveProperty('malformed');
    },
  );
});
