/** `npm run check`: the checks that start no process beside their own. */
import { fast } from './fast.ts';
import { inOrder } from './steps.ts';
import { argumentsOf } from './usage.ts';

argumentsOf('npm run check    # takes no arguments; one test: npx vitest run --project fast <path>', {});

await inOrder(fast);
