/** `npm run bench:matching`: how well end customers are found, on any folder of companies as two registers write them. */
import { benchMatching } from '../test/bench/matching/bench.ts';
import { NotReadable } from '../test/bench/matching/companies.ts';
import { argumentsOf, misuse } from './usage.ts';

const USAGE = `npm run bench:matching -- DIR [--sizes 1000,100000,1000000]

  DIR      a folder with company-pairs.csv (name_a,country_a,city_a,id_b,name_b,country_b,city_b) and company-pool.csv (id,name,country,city);
           countries by ISO 3166-1, alpha-2 or alpha-3
  --sizes  among how many customers the same questions are asked too; a million take a minute`;

const { values, positionals } = argumentsOf(USAGE, { sizes: { type: 'string' } }, { allowPositionals: true });
const [folder, ...more] = positionals;
const sizes = values.sizes?.split(',').map(Number);
if (folder === undefined || more.length > 0) misuse('Name one folder.', USAGE);
else if (sizes?.some((size) => !Number.isSafeInteger(size) || size < 1)) misuse('Sizes are whole numbers with commas between.', USAGE);
else {
  try {
    benchMatching(folder, sizes);
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error;
    misuse(error.message, USAGE);
  }
}
