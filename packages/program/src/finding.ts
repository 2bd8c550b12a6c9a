/** One thing to see to, and the place: a JSON Pointer into the document. */
export interface Finding {
  readonly pointer: string;
  readonly message: string;
}

/** `refused`: the document can't be run as it is. `reported`: it can, and whoever approves it should know. */
export type Severity = 'refused' | 'reported';
export interface Found extends Finding {
  readonly severity: Severity;
}
