import { expect, it } from 'vitest';
import { cityOf, isSameCity } from './cities.ts';

it.each([
  ['GOTHENBURG', 'Göteborg'],
  ['Goeteborg', 'Göteborg'],
  ['MUENCHEN', 'Munich'],
  ['Köln', 'COLOGNE'],
  ['ROMA', 'Rome'],
  ['Den Haag', "'s-Gravenhage"],
  ['PARIS, PARIS', 'Paris'],
  ['Copenhagen K', 'København'],
  ['ST ETIENNE', 'Saint-Étienne'],
  ['KIFISSIA', 'Kifisia'],
  ['Αθήνα', 'Athens'],
])('%s is %s', (one, other) => {
  expect(isSameCity(cityOf(one), cityOf(other))).toBe(true);
});

it.each([
  ['Paris', 'Lyon'],
  ['Paris', undefined],
  [undefined, undefined],
  ['🚀', '🚀'],
  ['Bad Homburg', 'Bad Nauheim'],
])('%s is not %s', (one, other) => {
  expect(isSameCity(cityOf(one), cityOf(other))).toBe(false);
});
