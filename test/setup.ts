import { temporalEquals } from '@echelon/calendar/temporal-equality';
import { expect } from 'vitest';

// Without it `toMatchObject` sees nothing inside Temporal's objects, and such a comparison could not fail.
expect.addEqualityTesters([temporalEquals]);
