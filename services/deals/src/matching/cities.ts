/** Cities whose name in English or in the country's other language is another than its own. Chosen by us: capitals and large cities. */
import { distance } from 'fastest-levenshtein';
import { skeleton, wordsOf } from './normalise.ts';

const OTHER_NAMES = [
  'munich muenchen munchen|cologne koeln koln|nuremberg nuernberg nurnberg|hanover hannover|brunswick braunschweig|vienna wien|geneva geneve genf',
  'zurich zuerich|berne bern|basle basel|lucerne luzern|brussels bruxelles brussel|antwerp antwerpen anvers|ghent gent gand|bruges brugge|liege luik',
  'louvain leuven|malines mechelen|the_hague den_haag s_gravenhage sgravenhage|flushing vlissingen|copenhagen kobenhavn koebenhavn|elsinore helsingor',
  'gothenburg goteborg goeteborg|helsinki helsingfors|turku abo|tampere tammerfors|espoo esbo|vantaa vanda|rome roma|milan milano|turin torino',
  'naples napoli|florence firenze|venice venezia|genoa genova|padua padova|mantua mantova|leghorn livorno|trent trento|bolzano bozen|lisbon lisboa',
  'oporto porto|seville sevilla|saragossa zaragoza|corunna coruna|san_sebastian donostia|athens athina athinai|salonica thessaloniki saloniki',
  'piraeus pireas peiraias|patras patra|heraklion iraklio irakleio|warsaw warszawa|cracow krakow|wroclaw breslau|gdansk danzig|lodz|poznan posen|prague praha',
  'pilsen plzen|bratislava pressburg|bucharest bucuresti|sofia sofiya|belgrade beograd|moscow moskva|saint_petersburg sankt_peterburg|kiev kyiv',
  'lemberg lviv|dublin baile_atha_cliath|cork corcaigh|luxembourg luxembourg_city luxemburg|strasbourg strassburg|lyons lyon|marseilles marseille|dunkirk dunkerque',
  'istanbul constantinople|tallinn reval|riga|vilnius wilno|tokyo tokio|beijing peking|mexico_city ciudad_de_mexico',
].flatMap((line) => line.split('|'));

/** One way of writing it: without accents, by its own name where it has several, without what a register adds after a comma. */
export const cityOf = (city: string | undefined): string => {
  const words = wordsOf(city?.split(/[,(;/]/).find((part) => part.trim() !== '') ?? '').map((word) =>
    word === 'st' || word === 'ste' ? 'saint' : word,
  );
  const written = words.join(' ');
  return standards.get(written) ?? skeleton(standards.get(words[0] ?? '') ?? written);
};

/** Letters in which one spelling may differ from another, and letters that a city must have for it. */
const [TYPOS_MAX, TYPO_LETTERS_MIN] = [1, 5] as const;

/** Registers give the seat or the headquarters, the town or the city it belongs to: that they differ says little. */
export const isSameCity = (one: string, other: string): boolean => {
  if (one === '' || other === '') return false;
  if (one === other) return true;
  const [words, others] = [one.split(' '), other.split(' ')];
  if (areWithin(words, others) || areWithin(others, words)) return true;
  return Math.min(one.length, other.length) >= TYPO_LETTERS_MIN && distance(one, other) <= TYPOS_MAX;
};

/** "Madrid" and "Madrid, Community of Madrid"; of shorter words too many cities have one. */
const areWithin = (words: readonly string[], others: readonly string[]): boolean => words.every((word) => word.length > 2 && others.includes(word));

const standards = new Map(
  OTHER_NAMES.flatMap((names) => {
    const spellings = names.split(' ');
    return spellings.map((spelling) => [spelling.replaceAll('_', ' '), skeleton(spellings.at(-1) ?? spelling)] as const);
  }),
);
