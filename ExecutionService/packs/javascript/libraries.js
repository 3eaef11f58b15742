// Prints name and version of the libraries that an operator has installed, a line each.
// Usage: libraries.js <folder of the libraries>
const path = require('node:path');

const folder = process.argv[2];
for (const name of Object.keys(require(path.join(folder, 'package.json')).dependencies)) {
  if (!name.startsWith('@types/')) console.log(name, require(path.join(folder, 'node_modules', name, 'package.json')).version);
}
