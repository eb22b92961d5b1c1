// An agent's program as a later version of it may be: says a line that nobody knows, and then does all that the real one
// does, whose path and whose line take the places of the words in capitals.
const { spawn } = require('node:child_process');
const { join } = require('node:path');

const real = join(__dirname, 'REAL');
const rest = process.argv.slice(2);
if (!rest.includes('--version')) {
  process.stdout.write('LINE\n');
}
const [program, all] = real.endsWith('.js') ? [process.execPath, [real, ...rest]] : [real, rest];
spawn(program, all, { stdio: 'inherit' }).on('exit', (code) => process.exit(code ?? 1));
