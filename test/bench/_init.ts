import { table } from './figures.ts';
import { measureInit } from './init.ts';

console.log(
  table(
    'init',
    (await measureInit()).map((x) => ({ ...x })),
  ),
);
