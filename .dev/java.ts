import { spawnSync } from 'node:child_process';

const JAVA_MAJOR_MIN = 17;

/** DynamoDB Local is a Java program; says what to do where it can't run. */
export const java = (): void => {
  if (process.env.DYNAMODB_ENDPOINT) return;
  const { stderr, error } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const major = Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
  if (!error && major >= JAVA_MAJOR_MIN) return;
  const found = error ? 'there is no Java here' : `this Java is ${major}`;
  console.error(
    `DynamoDB Local needs Java ${JAVA_MAJOR_MIN} or newer, and ${found}: install one (Debian: apt-get install openjdk-17-jre-headless), or set DYNAMODB_ENDPOINT.`,
  );
  process.exit(1);
};
