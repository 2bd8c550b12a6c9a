import type { ProgramDocument } from './document.ts';
import { leftOver } from './left-over.ts';
import { placeOf } from './parts.ts';

/**
 * What of a document is no partner's business: the customers that the vendor keeps to itself, and what it has for all partners
 * together. Whole lists, and parts that nothing else names the place of: a rule is cited by the same place in what is left.
 */
const VENDORS_OWN: ReadonlySet<string> = new Set([
  '/dealRegistration/namedAccounts/*',
  '/mdf/budgets/*',
  '/mdf/funds/*/amountMax',
  '/rebates/budgets/*',
  '/rebates/schemes/*/amountMax',
]);

/** A document as partners are shown it. Funds and schemes still say the key of their budget. */
export const partnersView = (document: ProgramDocument): ProgramDocument => leftOver(document, (_, pointer) => !VENDORS_OWN.has(placeOf(pointer)));
