// Articles of our own that the tests ingest beside the sample dispatches: what
// those lack (copies, conflicting claims, every kind of event, other parts of the
// world, names of other scripts), and articles that mean harm.

const article = (id, published, source, title, text, more = {}) => ({ id, published, source, title, text, url: `https://example.org/${id}`, ...more });

const BARDA = `Rockets struck the centre of Barda on 28 October 2020. At least 21 people were killed in Barda, the Azerbaijani prosecutor said. Houses and cars burned in Barda for hours.

Moscow called on both sides to stop. Ankara accused Yerevan of a war crime.`;

export const ARTICLES = [
  article('barda-wire', '2020-10-28', 'Test Wire', 'Rockets strike Barda', BARDA),
  article('barda-copy', '2020-10-29', 'Test Gazette, Morning Edition', 'Rockets strike Barda', BARDA),
  article('barda-denied', '2020-10-29', 'Test Courier', 'Each blames the other over Barda',
    `Shells fell on Barda on 28 October 2020, the Azerbaijani defence ministry said, and 27 people were killed. The Armenian defence ministry denied that its forces had shelled Barda.

Yerevan said that Baku had fired first. Tehran urged Baku and Yerevan to talk.`),
  article('fuzuli-near', '2020-10-15', 'Test Wire', 'Fighting south of Fuzuli',
    'Tanks clashed 15 km south of Fuzuli on Wednesday, 14 October 2020. Artillery was in action all along the line of contact on Wednesday. There was heavy fighting in Nagorno-Karabakh on Wednesday as well.'),
  article('yerevan-protest', '2020-11-11', 'Test Courier', 'Thousands in the streets of Yerevan',
    `Thousands of people demonstrated peacefully in Yerevan on Tuesday, 10 November 2020. Rioters stormed the parliament in Yerevan during the night and beat officials.

In Gyumri, gunmen shot dead three civilians on Tuesday. General mobilisation was declared across Armenia on Tuesday.`),
  article('khartoum', '2023-04-16', 'Test Wire', 'Fighting in Khartoum',
    'Heavy fighting broke out in Khartoum on Saturday, 15 April 2023. Air strikes hit Omdurman on Sunday. Soldiers killed villagers near El Geneina on Sunday. Cairo and Riyadh called for a ceasefire.'),
  article('kharkiv', '2022-03-02', 'Test Daily', 'Kharkiv under fire',
    'Missiles hit Kharkiv on Tuesday, 1 March 2022. Ten people were killed and 20 were wounded in Kharkiv. Ukraine said that its forces had retaken Irpin. Moscow denied that Kharkiv had been shelled. Washington accused Moscow of a war crime.'),
  article('july-later', '2021-01-20', 'Test Daily', 'A look back at the clashes of July',
    'In July 2020 soldiers clashed near Tovuz for several days. Shells also fell on Stepanakert on 27 September 2020, as became known only later.'),
  article('tabriz-rtl', '2020-10-17', 'روزنامه', 'گزارش از تبریز', 'Shells fell on تبریز on Friday, 16 October 2020. Rockets struck Tabriz at night, the governor said.'),
];

const LONG = 'W'.repeat(10_000);
// Titles and sources are refused above 2,000 bytes.
const LONG_TITLE = 'W'.repeat(1900);
const RLO = '\u202e';
const OWNED = '<img src=x onerror="document.title=\'owned\';alert(1)">';

/** Articles that must do no harm to a page: markup, script, controls of direction, endless words. */
export const HOSTILE = [
  article('hostile-script', '2020-10-20', '<i>Gazette</i>"><script>alert(2)</script>', '<script>document.title="owned"</script>',
    `Shells fell on Ganja on Monday, 19 October 2020, <script>alert(3)</script> ${OWNED} said. "}]}</script><script>alert(4)</script> Rockets hit Terter on Monday, <svg onload=alert(5)>.`,
    { url: 'https://example.org/"><script>alert(6)</script>' }),
  article('hostile-bidi', '2020-10-20', `${RLO}ecruos`, `${RLO}eltit\u2066\u2067`,
    `${RLO}Shells fell on Agdam on Monday, 19 October 2020.${RLO} Rockets\u202e hit Beylagan on Monday\u2066, said the \u2067mayor.\u0301\u0301\u0301 Z${'\u0300\u0323'.repeat(400)}algo fell on Agdam on Monday.`),
  article('hostile-long', '2020-10-20', LONG_TITLE, LONG_TITLE,
    `Shells fell on Goranboy on Monday, 19 October 2020, ${LONG} said. The ${LONG} ministry claimed that rockets had hit Naftalan on Monday.`, { url: `https://example.org/${'a'.repeat(1500)}` }),
];

/** An article that comes in while a page is open. */
export const LATE = article('late', '2020-11-02', 'Test Wire', 'Shells on Shamkir', 'Shells fell on Shamkir on Sunday, 1 November 2020, wounding four people.');

/** The articles as `conflictmap ingest --jsonl -` reads them. */
export const asLines = (articles) => articles.map((a) => JSON.stringify(a) + '\n').join('');
