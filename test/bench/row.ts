import type { FunctionName } from '@echelon/contracts/wiring';

/** A row of the table, named by its service first. What `prepare` made is not counted. */
export interface Row<Made = unknown> {
  readonly prepare: () => Promise<Made>;
  readonly act: (made: Made) => Promise<unknown>;
  /** The function that is looked at: `api` unless told. */
  readonly by?: FunctionName;
  /** How many aggregates one run deals with: what is shown is the cost of one. */
  readonly each?: number;
  /** Events that one run sends. */
  readonly events?: number;
}
export type Rows = Readonly<Record<string, Row>>;

export const row = <Made>(prepare: () => Promise<Made>, act: (made: Made) => Promise<unknown>, more: Omit<Row, 'prepare' | 'act'> = {}): Row => ({
  ...more,
  prepare,
  // It is handed just what `prepare` made.
  act: (made) => act(made as Made),
});
