/** Web domains that many customers use and none of them has: what stands there says nothing of who it is. Kept by us, beside the list of mail providers. */
import mailProviders from 'email-providers/all.json' with { type: 'json' };

/** Each gives its customers a place below its own domain, or on it, and stands neither on the public-suffix list nor among the mail providers. */
const HOSTS = [
  // Tenants of Microsoft 365, Salesforce, Atlassian, Zendesk, Freshworks and ServiceNow, each below the provider's domain.
  'onmicrosoft.com sharepoint.com my.salesforce.com my.site.com force.com atlassian.net zendesk.com freshdesk.com service-now.com',
  // Google's pages: those of its business profiles, and its sites.
  'business.site sites.google.com',
  // Site builders that publish what has no domain of its own below theirs: Jimdo, Weebly, Webnode, and one each.
  'jimdo.com jimdofree.com jimdosite.com weebly.com weeblysite.com webnode.com webnode.page webnode.fr webnode.it webnode.es webnode.cz webnode.nl',
  'squarespace.com wix.com godaddysites.com strikingly.com mystrikingly.com site123.me ucoz.com tilda.ws webs.com tripod.com mozello.com ueniweb.com',
  'beepworld.de npage.de hpage.com e-monsite.com pagesperso-orange.fr multiscreensite.com hubspotpagebuilder.com',
  // Blogs, one below the domain for each writer.
  'wordpress.com tumblr.com medium.com substack.com over-blog.com canalblog.com',
  // Shops and directories of suppliers that give each a page.
  'bigcartel.com mybigcommerce.com etsy.com made-in-china.com indiamart.com tradeindia.com exportersindia.com yelp.com pagesjaunes.fr',
];

/** A page there is a member's: what small companies name where they have no site. */
const SOCIAL_NETWORKS = [
  'facebook.com instagram.com linkedin.com x.com twitter.com youtube.com tiktok.com pinterest.com threads.net snapchat.com reddit.com xing.com',
  // Russia's and China's.
  'vk.com ok.ru weibo.com',
  // Links to a chat, and pages of nothing but links.
  't.me wa.me whatsapp.com linktr.ee about.me',
];

const MAIL = [
  // Certified mail, which every company in Italy must have: of Aruba, InfoCert, Poste Italiane, Register, Namirial and Actalis. De-Mail in Germany.
  'pec.it arubapec.it legalmail.it postecert.it registerpec.it sicurezzapostale.it actaliscertymail.it de-mail.de',
  // Addresses that providers of access give their subscribers: the Netherlands.
  'ziggo.nl quicknet.nl upcmail.nl casema.nl xs4all.nl',
  // North America, Australia and New Zealand.
  'suddenlink.net sasktel.net eastlink.ca xplornet.com slingshot.co.nz orcon.net.nz',
  // The north of Europe.
  'online.no lyse.net broadpark.no mail.dk stofanet.dk telia.com bredband.net comhem.se elisanet.fi kolumbus.fi saunalahti.fi',
  // The west and south of Europe.
  'bbox.fr numericable.fr telefonica.net euskaltel.net netcabo.pt otenet.gr hol.gr ttnet.net.tr',
  // Austria, Switzerland and the south-east of Europe.
  'aon.at a1.net chello.at inode.at hispeed.ch gmx.ch t-com.hr inet.hr siol.net',
  // Asia and Africa.
  'nifty.com biglobe.ne.jp ocn.ne.jp hinet.net netvigator.com streamyx.com vsnl.com bsnl.in telkomsa.net mweb.co.za',
  // Mail for anybody, that the list of providers does not have.
  'tutanota.com',
];

/** What people write where a form asks for a domain and they know none. The first three are reserved for it, by RFC 2606. */
const PLACEHOLDERS = ['example.com example.org example.net', 'none.com na.com nodomain.com noemail.com unknown.com domain.com company.com test.com'];

/** Stand among the mail providers, and are of the company itself: BT's subscribers have theirs at btinternet.com. */
const OF_ITS_OWN = ['bt.com'];

const listed = (lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.split(' '));
const own: ReadonlySet<string> = new Set(OF_ITS_OWN);
const shared: ReadonlySet<string> = new Set([...mailProviders, ...listed([...HOSTS, ...SOCIAL_NETWORKS, ...MAIL])].filter((one) => !own.has(one)));
const placeholders: ReadonlySet<string> = new Set(listed(PLACEHOLDERS));

/** Whose is a domain? Its customer's own, nobody's, or shared by all whom its owner gives a place there. */
export const useOf = (host: string): 'own' | 'shared' | 'placeholder' => {
  const labels = host.split('.');
  const hosts = labels.map((_, i) => labels.slice(i).join('.'));
  if (hosts.some((one) => placeholders.has(one))) return 'placeholder';
  return hosts.some((one) => shared.has(one)) ? 'shared' : 'own';
};
