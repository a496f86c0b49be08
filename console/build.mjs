// Builds the console: `node build.mjs` writes it where the jar picks it up, `node build.mjs check` lints and tests it.
// Each step is left out while its inputs are older than its output, so a build with nothing to do takes no time.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, 'node_modules');
const schema = join(here, 'src/api/schema.d.ts');
const page = join(here, 'target/classes/META-INF/resources/index.html');
const checked = join(here, 'target/console-checked');
const tools = ['build.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];
const sources = [...tools, 'vite.config.ts', 'index.html', 'public', 'src', 'openapi.json'];

/** Newest modification time in a file or below a folder, in ms; 0 if absent. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const isFresh = (output, inputs) =>
  existsSync(output) && inputs.every((input) => newest(join(here, input)) <= statSync(output).mtimeMs);

/** Runs one command in this folder; its output is shown only if it fails. */
function run(what, command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: here, ...options });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', (error) =>
      resolve({
        what,
        failed: true,
        output: error.code === 'ENOENT' ? `${command} is not on the PATH` : error.message,
      }),
    );
    child.on('close', (code) => resolve({ what, failed: code !== 0, output }));
  });
}

/** Runs a tool from node_modules with the Node that runs this file. */
const tool = (what, script, ...args) => run(what, process.execPath, [join(modules, script), ...args]);

async function inOrder(...steps) {
  for (const step of steps) await together(step);
}

/** Waits for all steps of a stage and stops the build if one of them failed. */
async function together(...steps) {
  const failures = (await Promise.all(steps.map((step) => step()))).filter((result) => result.failed);
  for (const { what, output } of failures) console.error(`console: ${what} failed\n${output}`);
  if (failures.length > 0) process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `console: Node ${process.versions.node} is too old to build the web console; install Node 20.19 or newer, with npm (https://nodejs.org).`,
  );
  process.exit(1);
}

async function install() {
  const stamp = join(modules, '.installed');
  const lock = createHash('sha256')
    .update(readFileSync(join(here, 'package-lock.json')))
    .digest('hex');
  const wanted = `${lock} ${process.platform}-${process.arch}`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('console: installing packages (npm ci)');
  const windows = process.platform === 'win32';
  const npm = () =>
    run('npm ci', windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      shell: windows,
    });
  await together(npm);
  writeFileSync(stamp, wanted);
}

const types = () => tool('type generation', 'openapi-typescript/bin/cli.js', 'openapi.json', '-o', schema);
const compile = () => tool('type check', 'typescript/bin/tsc', '--noEmit');
const lint = () => tool('lint', 'eslint/bin/eslint.js', '--max-warnings=0', '.');
const style = () => tool('style (npm run format repairs it)', 'prettier/bin/prettier.cjs', '--check', '.');
const test = () => tool('tests', 'vitest/vitest.mjs', 'run');
const bundle = () => tool('bundle', 'vite/bin/vite.js', 'build', '--logLevel=warn');

checkNode();
await install();
if (!isFresh(schema, ['openapi.json', 'package-lock.json'])) await inOrder(types);
if (process.argv[2] === 'check') {
  if (!isFresh(checked, [...sources, 'eslint.config.js', 'dev'])) {
    await together(lint, style, test);
    mkdirSync(dirname(checked), { recursive: true });
    writeFileSync(checked, '');
  }
} else if (!isFresh(page, sources)) {
  console.log('console: building');
  await together(compile, bundle);
}
