import { inOrder, tests } from './steps.ts';

await inOrder({ rehearsal: tests('rehearsal', { REHEARSAL_REQUIRED: 'true' }) });
