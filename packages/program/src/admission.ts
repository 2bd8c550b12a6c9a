import { Money } from '@echelon/money';
import * as z from 'zod';

export const Admission = z
  .object({ fee: Money.meta({ description: 'One-off, for new partners only; there is no yearly fee.' }) })
  .meta({ id: 'Admission', description: 'What it takes to be let in beside vetting.' });
