import { bench } from '../test/bench/bench.ts';
import { java } from './java.ts';
import { argumentsOf } from './usage.ts';

argumentsOf('npm run bench    # takes no arguments', {});
java();
await bench();
// What a half-closed connection would keep alive has nothing more to tell.
process.exit(0);
