import { Logger } from '@aws-lambda-powertools/logger';

/** One wide line per request, event or sweep: everything known of it, under names that a query can count on. No personal data. */
export interface Log {
  /** Add to the line. */
  note(fields: Readonly<Record<string, string | number | boolean | undefined>>): void;
  /** Write it, once. */
  close(outcome: 'done' | 'refused' | 'failed', error?: unknown): void;
}

export type OpenLog = (what: string, fields: Readonly<Record<string, string | number | undefined>>) => Log;

export const logOf = (service: string): OpenLog => {
  const logger = new Logger({ serviceName: service });
  return (what, opened) => {
    const began = performance.now();
    const line: Record<string, string | number | boolean | undefined> = { ...opened };
    return {
      note: (fields) => {
        Object.assign(line, fields);
      },
      close: (outcome, error) => {
        const whole = { ...line, outcome, ms: Math.round((performance.now() - began) * 10) / 10 };
        if (outcome === 'failed') logger.error(what, whole, { error: error instanceof Error ? error : new Error(String(error)) });
        else logger.info(what, whole);
      },
    };
  };
};
