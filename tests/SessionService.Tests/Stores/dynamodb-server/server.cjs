// Serves until whoever started it is gone, which closes its standard input.
const dynalite = require('dynalite');

dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }).listen(Number(process.argv[2]), '127.0.0.1');
process.stdin.on('end', () => process.exit()).resume();
