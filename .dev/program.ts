/** `npm run program -- check FILE`: what the API would answer to a draft of this document, before anybody drafts it. */
import { readFileSync } from 'node:fs';
import { decodeStrictly } from '@echelon/lambda/decode';
import { parseJson } from '@echelon/lambda/json';
import { ProgramDocument } from '@echelon/program';
import { check, type Found, refused } from '@echelon/program/check';
import { argumentsOf, misuse } from './usage.ts';

const USAGE = `npm run program -- check FILE [--replaces FILE]

  FILE         a program document, as JSON
  --replaces   the document that it is to replace, whose tiers its migration moves

Ends with 0 where a draft of it would be taken, and put in force after the document that it replaces; else with 1.`;

/** As it is read from a file; or why it can't be. */
const read = (file: string): ProgramDocument | readonly Found[] => {
  const parsed = parseJson(textOf(file));
  if ('malformed' in parsed) {
    console.error(`${file}: ${parsed.malformed}`);
    return process.exit(1);
  }
  const decoded = 'faults' in parsed ? parsed : decodeStrictly(ProgramDocument, 'body', parsed.json);
  return 'value' in decoded ? decoded.value : decoded.faults.map(({ pointer, message }) => ({ severity: 'refused', pointer, message }));
};

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return misuse(`${file} can't be read.`, USAGE);
  }
};

const isFound = (read: ProgramDocument | readonly Found[]): read is readonly Found[] => Array.isArray(read);

const replacedBy = (file: string | undefined): ProgramDocument | undefined => {
  if (file === undefined) return undefined;
  const replaced = read(file);
  return isFound(replaced) ? misuse(`${file} is no program document: check it first.`, USAGE) : replaced;
};

const { values, positionals } = argumentsOf(USAGE, { replaces: { type: 'string' } }, { allowPositionals: true });
const [task, file, ...more] = positionals;
if (task !== 'check' || file === undefined || more.length > 0) misuse('Say what to check: one file.', USAGE);
else {
  const document = read(file);
  const found = isFound(document) ? document : check(document, replacedBy(values.replaces));
  const faults = refused(found).length;
  for (const { severity, pointer, message } of found) console.log(`${severity}  ${pointer || '/'}  ${message}`);
  console.log(`${file}: ${faults === 0 ? 'passes' : `refused for ${faults}`}${found.length > faults ? `, ${found.length - faults} reported` : ''}`);
  process.exit(faults === 0 ? 0 : 1);
}
