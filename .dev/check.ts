import { fast } from './fast.ts';
import { inOrder } from './steps.ts';

await inOrder(fast);
