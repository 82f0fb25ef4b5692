// Events and sentences for tests without the real server: what the layers hold,
// with the properties of the server's contract. The sentences are our own.

const SOURCES = {
  wire: { source: 'Sample Wire', title: 'Shelling reported along the line of contact', url: 'https://example.org/a', published: '2020-09-27' },
  daily: { source: 'Sample Daily', title: 'Second day of fighting', url: null, published: '2020-09-28' },
};

const LINE = [[46.0, 40.22], [46.5, 40.32], [46.95, 40.3], [47.07, 40.17], [47.18, 39.9], [47.3, 39.6], [47.3, 39.4]];
const AREA = [[46.0, 40.15], [46.5, 40.27], [46.9, 40.25], [47.05, 40.1], [47.12, 39.9], [47.2, 39.6], [46.9, 39.45], [46.6, 39.6], [46.45, 39.95], [46.0, 40.15]];

export const point = (lon, lat) => ({ type: 'Point', coordinates: [lon, lat] });

/** An event with defaults; name_start and name_end are found in the sentence. */
export function event(id, properties, geometry) {
  const p = {
    place_id: `cm:${properties.place.toLowerCase().replace(/\W+/g, '-')}`,
    country: 'AZ', kind: 'settlement', disputed: false, event: 'explosion',
    from: '2020-09-27', to: '2020-09-27', date_prec: 1, where_prec: 1, uncertainty_m: null,
    mentions: 1, articles: 1, origins: 1, reported: 1, claimed: 0, denied: 0, claimants: [],
    confidence: 0.9, name: properties.place, article_id: 'a1', claim: 'reported', claimed_by: null,
    ...SOURCES.wire,
    ...properties,
  };
  const units = p.sentence.indexOf(p.name);
  const start = units < 0 ? null : Array.from(p.sentence.slice(0, units)).length;
  const end = start === null ? null : start + Array.from(p.name).length;
  return { type: 'Feature', id, geometry, properties: { name_start: start, name_end: end, ...p } };
}

/** A mention that repeats an event's own sentence, or tells it in another. */
function mention(id, of, changes = {}) {
  const { name_start, name_end, ...properties } = of.properties;
  return event(id, { ...properties, ...changes }, of.geometry);
}

const stepanakert = event('e1', {
  place: 'Stepanakert', disputed: true, mentions: 3, articles: 2, origins: 2, reported: 1, claimed: 2,
  claimants: ['a spokesperson for the Artsakh presidency'], claim: 'claimed', claimed_by: 'a spokesperson for the Artsakh presidency',
  sentence: 'Shells fell on Stepanakert from early morning, a spokesperson for the Artsakh presidency said.',
}, point(46.7528, 39.8177));

const EVENTS = [
  stepanakert,
  event('e2', {
    place: 'Stepanakert', disputed: true, event: 'casualties', from: '2020-09-28', to: '2020-09-28', ...SOURCES.daily, article_id: 'a2',
    injuries_low: 24, injuries_high: null, injuries_words: ['dozens of wounded'],
    sentence: 'Hospitals in Stepanakert took in dozens of wounded on the second day.',
  }, point(46.7528, 39.8177)),
  event('e3', {
    place: 'Line of contact', country: null, kind: 'line', disputed: true, where_prec: 5, uncertainty_m: 5000, mentions: 4, articles: 2, origins: 2,
    reported: 4, name: 'line of contact', sentence: 'Artillery opened up all along the line of contact before dawn.',
  }, { type: 'LineString', coordinates: LINE }),
  event('e4', {
    place: 'Line of contact', country: null, kind: 'line', disputed: true, where_prec: 5, uncertainty_m: 5000, event: 'battle',
    to: '2020-09-28', name: 'front line', sentence: 'Infantry clashed at several points of the front line.',
  }, { type: 'LineString', coordinates: LINE }),
  event('e5', {
    place: 'Nagorno-Karabakh', kind: 'region', disputed: true, where_prec: 5, event: 'battle', mentions: 5, articles: 2, origins: 2, reported: 5,
    sentence: 'Heavy fighting broke out in Nagorno-Karabakh on Sunday.',
  }, { type: 'Polygon', coordinates: [AREA] }),
  event('e6', {
    place: 'Nagorno-Karabakh', kind: 'region', disputed: true, where_prec: 5, event: 'strategic',
    sentence: 'The authorities of Nagorno-Karabakh decreed martial law.',
  }, { type: 'Polygon', coordinates: [AREA] }),
  event('e7', {
    place: 'Martakert', where_prec: 2, disputed: true, claim: 'denied', claimed_by: 'the Azerbaijani defence ministry', reported: 0, denied: 1,
    sentence: 'Two helicopters came down near Martakert, the Azerbaijani defence ministry said; Yerevan denied it.',
  }, point(46.8112, 40.2125)),
  event('e8', {
    place: 'Ganja', event: 'explosion', from: '2020-10-04', to: '2020-10-04', mentions: 2, articles: 1, origins: 1, reported: 2,
    ...SOURCES.daily, published: '2020-10-04', sentence: 'A rocket struck houses in Ganja.',
  }, point(46.3606, 40.6828)),
  event('e9', {
    place: 'Armenia', country: 'AM', kind: 'country', where_prec: 6, event: 'strategic',
    sentence: 'General mobilisation was declared across Armenia.',
  }, point(44.95, 40.2)),
  event('e10', {
    place: 'Tavush', country: 'AM', kind: 'region', where_prec: 4, event: 'battle', from: '2020-07-01', to: '2020-07-31', date_prec: 4,
    sentence: 'Border clashes in Tavush had killed soldiers on both sides in July.',
  }, point(45.1, 40.9)),
];

const MENTIONS = [
  mention('a1:15', stepanakert),
  mention('a2:40', stepanakert, { ...SOURCES.daily, article_id: 'a2', claim: 'reported', claimed_by: null, sentence: 'Explosions shook Stepanakert again at noon.' }),
  mention('a2:90', stepanakert, { ...SOURCES.daily, article_id: 'a2', claim: 'claimed', sentence: 'Cluster munitions hit Stepanakert, it said.' }),
];

/** Articles written to break the page, in scripts that run both ways. */
export const HOSTILE = [
  event('h1', {
    place: '<img src=x onerror=alert(1)>', name: '<script>alert(2)</script>', event: '"><b>new</b>',
    title: '<script>document.title = "owned"</script>', source: '<i>Gazette</i>', url: 'javascript:alert(3)',
    claim: 'claimed', claimed_by: '<svg onload=alert(4)>', claimants: ['<b>x</b>'],
    deaths_low: 1, deaths_high: 2, deaths_words: ['<b>one</b> or two dead'],
    sentence: 'Shells fell on <script>alert(2)</script> & on nobody\u0000 else.',
  }, point(46.5, 40.0)),
  event('h2', {
    place: 'تبریز', name: 'تبریز', title: 'گزارش از تبریز', source: 'روزنامه', url: 'https://example.org/fa',
    sentence: '𝕊𝕙𝕖𝕝𝕝𝕤 💥💥 در تبریز فرود آمد.',
  }, point(46.3, 38.08)),
  event('h3', {
    place: 'Nowhere', sentence: 'W'.repeat(3000) + ' Nowhere ' + '̸'.repeat(2000), name_start: 5, name_end: 900000,
  }, point(47.5, 40.0)),
  event('h4', { place: 'Unlocated', kind: null, country: null, where_prec: null, sentence: 'Nobody knows where Unlocated is.' }, null),
];

const overlaps = (p, from, to) => (!to || p.from <= to) && (!from || p.to >= from);

/** What the mock server answers for a layer and its query. */
export function layer(collection, query, events = EVENTS) {
  const [from = '', to = from] = (query.get('datetime') ?? '').split('/').map((d) => (d === '..' ? '' : d));
  let features = collection === 'events' ? events : MENTIONS;
  features = features.filter((f) => overlaps(f.properties, from, to));
  for (const [param, property] of [['event', 'event'], ['place', 'place_id']]) {
    const wanted = query.get(param)?.split(',');
    if (wanted) features = features.filter((f) => wanted.includes(f.properties[property]));
  }
  return {
    type: 'FeatureCollection',
    name: collection,
    conflictmap: { collection, filter: String(query), version: 'test', attribution: 'Places: GeoNames (CC BY 4.0).' },
    features,
  };
}
