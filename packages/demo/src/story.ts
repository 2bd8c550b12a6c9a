/** What a story is: a program's document, its partners, and what each of them does in which month. */
import { addDays, type Day } from '@echelon/calendar';
import type { PartnerId, ProgramId } from '@echelon/contracts/ids';
import type { EnrollmentTerms } from '@echelon/contracts/partners';
import type { Route } from '@echelon/program';
import type { documents } from '@echelon/program/documents';
import type { Clients } from './clients.ts';

/** A month of the demo has thirty days. In the first everybody joins, the others are a year and a little; the last one is the present. */
const MONTH_DAYS = 30;
export const MONTHS = 13;
export const dayIn = (began: Day, month: number): Day => addDays(began, month * MONTH_DAYS);

/** A partner at work, in one month. */
export interface Acting {
  readonly programId: ProgramId;
  readonly partnerId: PartnerId;
  readonly route: Route;
  readonly productFamily: string;
  readonly fiscalStartMonth: number;
  /** In the partner's own name, as keys and addresses have it. */
  readonly slug: string;
  readonly began: Day;
  readonly today: Day;
  readonly present: Day;
  /** Of the act: the same whenever it is told, and no other's. */
  readonly key: (name: string) => string;
  readonly system: Clients;
  readonly vendor: Vendor;
  /** Another partner of the story. */
  readonly other: (name: string) => PartnerId;
}
export interface Vendor {
  readonly partnerAdmin: Clients;
  readonly channelManager: Clients;
  readonly programManager: Clients;
  readonly secondProgramManager: Clients;
  readonly billing: Clients;
  readonly operator: Clients;
}
export type Act = (acting: Acting) => Promise<unknown>;

export interface PartnerStory extends Pick<EnrollmentTerms, 'businessModels' | 'ladders'> {
  readonly legalName: string;
  readonly country: string;
  readonly city: string;
  /** `reseller`, unless told. */
  readonly route?: Route;
  /** A review of this partner is left for whoever looks at the demo to sign off; all others are, as proposed. */
  readonly reviewIsLeftOpen?: true;
  /** In order; what one month's acts bring about by event is there in the next. */
  readonly year: readonly (readonly [month: number, ...acts: Act[]])[];
}
export interface Story {
  readonly document: Exclude<keyof typeof documents, 'reseller-example'>;
  /** The partner whose gap to look at. */
  readonly shows: string;
  readonly partners: readonly PartnerStory[];
}
