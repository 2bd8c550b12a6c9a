/** What a command takes: whoever misuses it gets a sentence, the usage and exit code 2, not a stack trace. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

export const misuse = (sentence: string, usage: string): never => {
  console.error(`${sentence}\n\n${usage}`);
  process.exit(2);
};

export const argumentsOf = <const Options extends ParseArgsOptionsConfig>(
  usage: string,
  options: Options,
  { args = process.argv.slice(2), allowPositionals = false }: { args?: string[]; allowPositionals?: boolean } = {},
) => {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage);
    process.exit(0);
  }
  const taken = Object.keys(options).find((name) => process.env[`npm_config_${name}`] !== undefined);
  if (taken !== undefined) return misuse(`npm took --${taken} for an option of its own: put a -- before it.`, usage);
  try {
    return parseArgs({ args, options, allowPositionals });
  } catch (error) {
    // Node's message goes on with advice that is not ours.
    const [sentence = ''] = error instanceof Error ? error.message.split(/\. |\n/) : [];
    return misuse(`${sentence.replace(/\.$/, '')}.`, usage);
  }
};
