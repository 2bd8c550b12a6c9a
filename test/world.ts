/** A place where Echelon runs, as a journey sees it: the local stage, an AWS-compatible endpoint, or a deployed stage. */
import type { Role } from '@echelon/contracts';

/** Someone who acts: an OAuth client of this id, with rights of its role. Two program managers, so that four eyes can be shown. */
export const personas = {
  'channel-manager': 'channel-manager',
  'program-manager': 'program-manager',
  'second-program-manager': 'program-manager',
  'partner-admin': 'partner-admin',
  finance: 'finance',
  auditor: 'auditor',
  'billing-system': 'billing-system',
  operator: 'operator',
} as const satisfies Record<string, Role>;
export type Persona = keyof typeof personas;

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface World {
  readonly name: string;
  /** The API's base URL, without a slash at its end. */
  readonly url: string;
  /** A fresh access token. */
  token(who: Persona | Credentials): Promise<string>;
  /** What has arrived at the queue that stands for the vendor's billing, which hears every DealWon: the event's `detail`s, as sent. */
  billed(): Promise<readonly unknown[]>;
  /** Runs a sweep now, as the operator may where the clock moves. */
  sweep(service: string, sweep: string): Promise<void>;
  /** Listens to the log: answers how to read what functions have written since, line by line. It may come a little late. */
  logFromNow(): () => Promise<readonly string[]>;
  /** How many callers at once the place stands without falling over: the emulator starts a process for each. */
  readonly callersMax: number;
  close(): Promise<void>;
}
