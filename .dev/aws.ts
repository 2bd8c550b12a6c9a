/** What every command that reaches AWS asks for first. */
import { missingForAws } from '../infra/account.ts';
import { type Stage, stages } from '../infra/stages.ts';
import { misuse } from './usage.ts';

const deployed: readonly Stage[] = Object.values(stages).filter(({ emulated }) => !emulated);
export const stageNames = deployed.map(({ name }) => name).join('|');

export const stageFor = (name: string | undefined, usage: string): Stage =>
  deployed.find((stage) => stage.name === name) ?? misuse(name === undefined ? 'Say which stage.' : `There is no stage "${name}".`, usage);

export const account = async (): Promise<void> => {
  const missing = await missingForAws();
  if (missing === undefined) return;
  console.error(`${missing} README's "To deploy" says what is needed.`);
  process.exit(1);
};
