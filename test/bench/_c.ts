import { createWriteStream } from 'node:fs';
import { openGround } from './ground.ts';
import { measureThroughput } from './throughput.ts';
import { table } from './figures.ts';
const out = createWriteStream('/tmp/b/log'); const say = process.stdout.write.bind(process.stdout);
process.stdout.write = ((c: string) => out.write(c)) as never;
const g = await openGround();
try { say(table('t', (await measureThroughput(g)).map((x) => ({ ...x })))+'\n'); } finally { await g.stop(); }
