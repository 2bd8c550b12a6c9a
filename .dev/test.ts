/** `npm test`: every check, one after the other, and the counts. */
import { installEmulator } from '../test/rehearsal/emulator.ts';
import { fast } from './fast.ts';
import { java } from './java.ts';
import { inOrder, tests } from './steps.ts';
import { argumentsOf } from './usage.ts';

argumentsOf('npm test    # takes no arguments; one test: npx vitest run --project fast|stage|infra|rehearsal <path>', {});
java();
const missing = installEmulator();
const required = process.env.REHEARSAL_REQUIRED === 'true';
if (missing !== undefined) console.log(`${required ? 'The rehearsal can not run' : 'The rehearsal is skipped'}: ${missing}`);
await inOrder({
  ...fast,
  stage: tests('stage'),
  infra: tests('infra'),
  ...((missing === undefined || required) && { rehearsal: tests('rehearsal') }),
});
