import type { Contract } from './contract.ts';
import { deals } from './deals.ts';
import { partners } from './partners.ts';
import { programs } from './programs.ts';
import { tiering } from './tiering.ts';

/** Every service that deploys as its own stack. */
export const services = [programs, partners, deals, tiering] as const satisfies readonly Contract[];
