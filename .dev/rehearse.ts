/** `npm run rehearse`: the journeys on what `cdk deploy` makes in an AWS-compatible endpoint. */
import { installEmulator } from '../test/rehearsal/emulator.ts';
import { inOrder, tests } from './steps.ts';
import { argumentsOf } from './usage.ts';

argumentsOf('npm run rehearse    # takes no arguments', {});
const missing = installEmulator();
if (missing !== undefined) console.log(`The rehearsal can not run: ${missing}`);
await inOrder({ rehearsal: tests('rehearsal') });
