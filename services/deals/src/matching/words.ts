/** Words that many names of companies have, by language. Chosen by us, from how registers of several countries shorten and translate; no list is complete. */

/** How registers write a word, and the word that stands for all of its spellings and translations. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  group: 'grp gp gpe groupe gruppe gruppo grupo grupa grupp gruppen koncern koncernen concern groep konzern ryhma konserni omilos gr',
  holding:
    'hldg hldgs hlding holdings hlg hld hlds hldng hlgs hold hol beteiligung beteiligungs beteiligungen participation participations participaciones participacoes partecipazioni partecip',
  international: 'intl int internat internacional internationale internazionale internationaal internasjonal intnl inter internationalen',
  company: 'cie cia comp compagnie compania companhia compagnia kompanie kompagni kompaniet comp co',
  society: 'ste soc societe sociedad sociedade societa gesellschaft ges gmb selskab selskabet bolaget selskapet sociedades',
  industry:
    'ind inds indus industr industries industrie industria industrial industriale industriel industrielle industriali industri industrier industriales industrias indl teollisuus',
  technology:
    'tech techno technol technologies technologie technologien tecnologia tecnologias tecnologie teknologi teknik technik technique techn technics technological',
  manufacturing: 'mfg manuf manufacture manufact manufacturers',
  communication: 'comms communications commun comunicacion comunicaciones comunicazione comunicazioni communicatie kommunikation kommunikations',
  service: 'svc svcs serv services serveis servicios servizi servicos dienste tjanster',
  system: 'sys syst systems systeme systemes sistemas sistemi systemen',
  management: 'mgmt mgt mngmt managment mgnt',
  development: 'dev devel dvlp dvlpmt devlpmt developments developpement desarrollo sviluppo',
  investment:
    'inv invest invt invts investments investissement investissements inversiones investimenti investimento investimentos investeringen investering investmentgesellschaft inversion investissment',
  engineering: 'eng engr engrg engnrng ingenieria ingegneria ingenierie',
  entertainment: 'entmt entr',
  pharmaceutical: 'pharm pharma pharmaceuticals pharmaceutique pharmaceutiques farmaceutica farmaceutici pharmaceutica pharmac',
  energy: 'enrg engy energie energia energi energies energias energien nrg',
  electric: 'electrical electrique elektro elektrik electrico electrica elettrica',
  electronic: 'electronics elektronik electronique electroniques elettronica electronica elektronische',
  chemical: 'chem chemicals chimique chimiques chemie quimica quimicas chimica kemi chim',
  product: 'prod prods products produit produits productos prodotti produkte produkter produkt',
  production: 'productions produktion produktions produccion produzione producciones',
  real: 'rl',
  estate: 'est estates',
  property: 'ppty ppties prop props properties',
  finance: 'fin fincl fnl financial financiere financiera finanziaria finanz finans finances financier financieras financiero finanzas finanzen',
  insurance:
    'ins insur insce assurance assurances assicurazioni seguros versicherung versicherungs versicherungen forsakring forsikring verzekering verzekeringen ruckversicherung',
  bank: 'bk bnk banque banco banca banken bancaria',
  trading: 'trdg trad trade handel handels comercio commercio commerce comercial commerciale comercializadora',
  transport: 'trans transp transports transporte transportes trasporti',
  laboratory: 'lab labs laboratories laboratoire laboratoires laboratorios laboratori laboratorium',
  medical: 'med medic medicale medicaux medica medicals medizin',
  diagnostic: 'diag diags diagnostics diagnostik',
  software: 'softw sftwr swr',
  solution: 'sol solns soln solutions soluciones soluzioni losungen',
  network: 'ntwk ntwks networks netwk',
  resource: 'res resources ress recursos',
  general: 'gen gnl generale generales generali genl',
  national: 'natl nat nazionale nacional nationale',
  global: 'glbl glob',
  european: 'eur europ europeen europeenne europea europeo europaische europeene europeennes',
  brothers: 'bros brdr bror gebr gebruder brodrene hermanos fratelli freres hnos flli broderna brodr gebroeders',
  son: 'sons sohn sohne fils hijos figli zonen soner',
  association: 'assn assoc associes associes associate associates associados asociados associati associe asociacion associazione',
  consolidated: 'consol cons consd',
  construction: 'constr construct construcciones construccion costruzioni constructions const',
  material: 'matl matls materials materiaux materiales materiali',
  telecommunication: 'telecom telecomm telecoms telecommunications telekommunikation telecomunicaciones telecomunicazioni telco',
  distribution: 'distr distrib dist distribucion distribuidora distribuzione distributors',
  hotel: 'hotels hoteles htl hotelera',
  investor: 'investors',
  enterprise: 'entpr enterprises entreprise entreprises empresa empresas impresa',
  equipment: 'equip eqpt equipement equipements equipos',
  environment: 'env environ environnement environmental ambiente medioambiente ambiental',
  immobilien:
    'immo immob immobilier immobiliere immobiliaria inmobiliaria inmob inmobiliario inmuebles immobiliare realestate fastigheter fastighets fastighet fastigheten ejendomme ejendom vastgoed',
  media: 'medien medias',
  renewable: 'renewables renewbl renb renovables rinnovabili erneuerbare',
  airline: 'airlines airl airways',
  airport: 'airports aeroport aeroports aeropuerto aeropuertos aeroporto aeroporti flughafen lufthavn lufthavne luchthaven',
  worldwide: 'ww wwide',
  bio: 'biologics',
  marketing: 'mktg mkt',
  research: 'rsch recherche',
  metal: 'metals metall metaux metales metalli',
  digital: 'digitale digitales',
  shipping: 'shpg ship shipp',
  organization: 'org orgn organisation organizacion organizzazione organizacao',
  petroleum: 'petrol petr petrole petroles petroleo petrolio petroleos',
  power: 'pwr',
  machinery: 'mach machines machine maschinen maschinenbau macchine maquinas',
  automotive: 'autom automobile automobiles automobil auto automotriz automobili',
  food: 'foods alimentation alimentacion alimentare alimentari alimentos alimentaria livsmedel lebensmittel',
  security: 'secur sec securite sicherheit seguridad sicurezza',
  publishing: 'publ publishers publications publication editions editorial edizioni editora verlag',
  central: 'centr centrale zentral',
  american: 'amer',
  university: 'univ universite universidad universita universitat',
  capital: 'cap kapital',
  partner: 'ptnr ptnrs partners partenaires',
  retail: 'retl',
  exploration: 'expl explor',
  water: 'wtr',
  hospital: 'hosp hospitals',
  institute: 'inst institut instituto istituto',
  trust: 'tr',
  house: 'hse',
  steel: 'stl',
  saint: 'st sankt skt',
  mount: 'mt',
  fort: 'ft',
  department: 'dept dpt',
};

/** Of these a name may have any or none, whoever it names. */
const GENERIC = [
  'group holding international industry technology manufacturing communication service system management development investment',
  'engineering trading solution product production global worldwide enterprise finance european general national association consolidated',
  'network resource digital marketing distribution europe nordic nordics hellas hellenic hellenike iberica italia france deutschland deutsche deutscher',
  'espana espanola italiana francaise sweden svenska sverige norge danmark denmark suomi finland belgium belgique nederland polska uk usa scandinavia scandinavian',
  'technical commercial operations new first one plus vertrieb vertriebs gestion gestora verwaltung verwaltungs parent capital venture ventures partner',
  'business corporate limited public laboratory software brothers son consulting socimi organization central department',
].flatMap((line) => line.split(' '));

/** What a company does: many do it, and of one group each does something else. */
const TRADE = [
  'bank insurance immobilien real estate property hotel medical pharmaceutical construction telecommunication transport shipping chemical electric',
  'electronic material media energy renewable entertainment airline airport metal bio environment petroleum power machinery automotive food security publishing',
].flatMap((line) => line.split(' '));

/** Of these nobody is sure whether they stand in a name. */
const SMALL = [
  'company society a and the of for in de del della delle dei degli di da do dos das des du la le les l d el los las y e et en und im der die das den fur van von vom zu zur voor het een ed',
  'och i og av kai ke of au aux by at to con per pour mit met ja o s',
].flatMap((line) => line.split(' '));

export type Kind = 'distinctive' | 'trade' | 'generic' | 'small';
export const kindOf = (word: string): Kind => kinds.get(word) ?? 'distinctive';

/** The word that stands for all spellings of this one. */
export const standardOf = (word: string): string => standards.get(word) ?? word;

const kinds = new Map<string, Kind>([
  ...TRADE.map((word) => [word, 'trade'] as const),
  ...GENERIC.map((word) => [word, 'generic'] as const),
  ...SMALL.map((word) => [word, 'small'] as const),
]);
const standards = new Map(Object.entries(STANDS_FOR).flatMap(([word, spellings]) => spellings.split(' ').map((spelling) => [spelling, word])));
