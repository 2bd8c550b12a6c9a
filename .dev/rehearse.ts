/** `npm run rehearse`: the journeys on what `cdk deploy` makes in an AWS-compatible endpoint. */
import { installEmulator } from '../test/rehearsal/emulator.ts';
import { inOrder, tests } from './steps.ts';

const missing = installEmulator();
if (missing !== undefined) console.log(`The rehearsal can not run: ${missing}`);
await inOrder({ rehearsal: tests('rehearsal') });
