// Borders that a government disputes, as the basemap's countries have them. They
// are lines that somebody holds on the ground; that they are listed here, and so
// drawn dashed, says that they are contested and not by whom with what right.
// A border that is one by any side's account (Kosovo's with Albania, Western
// Sahara's with Algeria, Abkhazia's with Russia) stays solid.

/**
 * Pairs of neighbours, by the basemap's code or, where there is none, its name;
 * with a box (west, south, east, north, degrees) where only a part is disputed.
 * @type {readonly {pair: [string, string], box?: [number, number, number, number], what: string}[]}
 */
export const DISPUTED = [
  { pair: ['XK', 'RS'], what: 'Kosovo' },
  { pair: ['CY', 'N. Cyprus'], what: 'Northern Cyprus' },
  { pair: ['SO', 'Somaliland'], what: 'Somaliland' },
  { pair: ['EH', 'MA'], what: 'Western Sahara' },
  { pair: ['IL', 'PS'], what: 'West Bank and Gaza' },
  { pair: ['IL', 'SY'], what: 'Golan' },
  { pair: ['UA', 'Crimea'], what: 'Crimea' },
  { pair: ['IN', 'PK'], box: [73, 32.3, 78, 37], what: 'Kashmir' },
  { pair: ['IN', 'Siachen Glacier'], what: 'Siachen' },
  { pair: ['PK', 'Siachen Glacier'], what: 'Siachen' },
  { pair: ['CN', 'Siachen Glacier'], what: 'Siachen' },
  { pair: ['CN', 'PK'], what: 'Kashmir: Shaksgam' },
  { pair: ['CN', 'IN'], box: [76, 30, 81.2, 37], what: 'Aksai Chin and the western and middle sectors' },
  { pair: ['CN', 'IN'], box: [91, 26, 98, 30], what: 'Arunachal Pradesh' },
  { pair: ['BT', 'CN'], what: 'Doklam and the north' },
  { pair: ['AF', 'PK'], what: 'Durand Line' },
  { pair: ['KP', 'KR'], what: 'armistice line of 1953' },
  { pair: ['KH', 'TH'], box: [102.9, 13.5, 105.3, 14.8], what: 'Preah Vihear and the Dangrek range' },
  { pair: ['SD', 'SS'], what: 'Abyei, Kafia Kingi and others' },
  { pair: ['EG', 'SD'], box: [31, 21, 37.5, 23.5], what: 'Halaib and Bir Tawil' },
  { pair: ['KE', 'SS'], what: 'Ilemi triangle' },
  { pair: ['GY', 'VE'], what: 'Essequibo' },
  { pair: ['GY', 'SR'], box: [-58.5, 1, -56, 3.6], what: 'Tigri' },
  { pair: ['BZ', 'GT'], what: 'Belize' },
];

/**
 * Polygons that the basemap's source counts to a country by who holds them, with
 * a box around them. Here they are countries' features of their own, without a
 * code, as Northern Cyprus is: what is known of a country isn't drawn on them.
 * @type {readonly {of: string, box: [number, number, number, number], name: string}[]}
 */
export const APART = [{ of: 'RU', box: [32.4, 44.3, 36.7, 46.3], name: 'Crimea' }];

const inside = ([x, y], [w, s, e, n]) => x >= w && x <= e && y >= s && y <= n;

/** The parts of a line whose steps lie in the box with both ends. */
export function partsInBox(line, box) {
  const parts = [];
  let part = [];
  const finish = () => {
    if (part.length > 1) parts.push(part);
    part = [];
  };
  for (const point of line) {
    if (inside(point, box)) part.push(point);
    else finish();
  }
  finish();
  return parts;
}

/**
 * A country's polygons, those in the box apart from the others.
 * @param {GeoJSON.Position[][][]} polygons
 * @returns {[rest: GeoJSON.Position[][][], within: GeoJSON.Position[][][]]}
 */
export function dividedByBox(polygons, box) {
  const within = polygons.filter(([shell]) => shell.every((point) => inside(point, box)));
  return [polygons.filter((polygon) => !within.includes(polygon)), within];
}

// The gazetteer's shapes have four decimals.
const key = (point) => point.map((v) => v.toFixed(4)).join();
const step = (a, b) => [key(a), key(b)].sort().join(' ');

/** What tells whether two points are neighbours on one of the rings, to four decimals. */
export function neighboursOn(rings) {
  const steps = new Set(rings.flatMap((ring) => ring.slice(1).map((point, i) => step(ring[i], point))));
  return (a, b) => steps.has(step(a, b));
}

/** The parts of a line whose steps are not taken already. */
export function partsNot(line, taken) {
  const parts = [];
  let last = null;
  for (let i = 1; i < line.length; i++) {
    if (taken(line[i - 1], line[i])) last = null;
    else if (last) last.push(line[i]);
    else parts.push((last = [line[i - 1], line[i]]));
  }
  return parts;
}
