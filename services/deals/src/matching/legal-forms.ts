/** Legal forms as names of companies carry them, each without spaces and dots: `sa`, `societeanonyme`. */
import iso20275 from './legal-forms.json' with { type: 'json' };

/**
 * Written of companies of any country, since registers translate and shorten forms, or leave out in ISO 20275 what names carry: "Corp" of a
 * Finnish Oyj, "Societe Anonyme" of a Greek company. Chosen by us.
 */
const ANYWHERE = [
  'ab abp ae ag aps as asa bhd bv bvba co corp corporation company coltd cv cva eood gmbh gmbhcokg gmbhcokgaa hf inc incorporated jsc kg kgaa kk limited llc',
  'llp lp ltd ltda limitada nv oao ooo oy oyj pao pjsc plc publ pte pty ptyltd pvtltd sa sab sabdecv sad sae sapa sarl sas sasu sca scpa sdnbhd se',
  'sgps sicav sl slu soparfi spa spk spzoo srl ste zao zrt kft ead ad ood dd doo nyrt rt sro spol vof',
  'aktiengesellschaft aktieselskab aktiebolag societeanonyme societaperazioni societaresponsabilitalimitata sociedadanonima sociedadlimitada',
  'sociedadeanonima naamlozevennootschap kommanditgesellschaft kommanditgesellschaftaufaktien gesellschaftmitbeschrankterhaftung osakeyhtio julkinenosakeyhtio',
  'publiclimitedcompany privatelimitedcompany anonymouscompany anonymosetairia publiktaktiebolag sociedadegestoradeparticipacoessociais',
  'sociedadanonimadeportiva sociedadedesportiva npv societaseuropaea jointstockcompany publicjointstockcompany',
].flatMap((line) => line.split(' '));

/**
 * ISO 20275 has no company of China, and nothing of Taiwan. A name must say the form: in China by the Company Law, and "group" may stand before it by
 * the Provisions on the Administration of Enterprise Name Registration; in Taiwan by article 2 of the Company Act. In either script, and of any country,
 * for companies abroad are written so too.
 */
const CHINESE = '有限公司 有限责任公司 有限責任公司 股份有限公司 股份公司 無限公司 兩合公司 集团 集團'.split(' ');

/** One letter, as ISO 20275 shortens the forms of Japan and Korea: a form in brackets only, a part of the name elsewhere. */
const IN_BRACKETS: ReadonlySet<string> = new Set(['株', '有', '合', '資', '名', '주', '유']);
export const isFormInBrackets = (word: string): boolean => IN_BRACKETS.has(word);

/** Of a country, given as ISO 3166 alpha-2; of one that the list does not have, those that are written anywhere. */
export const legalFormsOf = (country: string): ReadonlySet<string> => {
  const known = byCountry.get(country);
  if (known) return known;
  const listed = Object.entries(iso20275.forms).find(([code]) => code === country)?.[1];
  if (listed === undefined) return anywhere;
  const forms = new Set([...anywhere, ...listed.split(' ')]);
  byCountry.set(country, forms);
  return forms;
};

const anywhere: ReadonlySet<string> = new Set([...ANYWHERE, ...CHINESE]);
/** Made when they are asked for; at most as many as the list has countries. */
const byCountry = new Map<string, ReadonlySet<string>>();
