import { fast } from './fast.ts';
import { java } from './java.ts';
import { inOrder, tests } from './steps.ts';

java();
await inOrder({ ...fast, stage: tests('stage') });
