/** `npm run backfill -- <producer> <consumer> --stage <stage>`: sends a producer's stored events to one consumer's queue alone. */
import { backfill } from '../infra/backfill.ts';

await backfill(process.argv.slice(2));
