// Steps of a build with npm, shared by the console and the documentation.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Newest modification time in a file or below a folder, in ms; 0 if absent. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** The steps of the module `name` in the folder `here`. Each step resolves to `{ what, failed, output }`. */
export function stepsOf(name, here) {
  const modules = join(here, 'node_modules');

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

  /** Waits for all steps of a stage and stops the build if one of them failed. */
  async function together(...steps) {
    const failures = (await Promise.all(steps.map((step) => step()))).filter((result) => result.failed);
    for (const { what, output } of failures) console.error(`${name}: ${what} failed\n${output}`);
    if (failures.length > 0) process.exit(1);
  }

  async function inOrder(...steps) {
    for (const step of steps) await together(step);
  }

  /** Installs the packages of the lock file, if they are not installed yet, and refuses an old Node. */
  async function install() {
    const [major, minor] = process.versions.node.split('.').map(Number);
    if (major < 20 || (major === 20 && minor < 19)) {
      console.error(
        `${name}: Node ${process.versions.node} is too old for this build; install Node 20.19 or newer, with npm (https://nodejs.org).`,
      );
      process.exit(1);
    }
    const stamp = join(modules, '.installed');
    const lock = createHash('sha256')
      .update(readFileSync(join(here, 'package-lock.json')))
      .digest('hex');
    const wanted = `${lock} ${process.platform}-${process.arch}`;
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
    console.log(`${name}: installing packages (npm ci)`);
    const windows = process.platform === 'win32';
    const npm = () =>
      run('npm ci', windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
        shell: windows,
      });
    await together(npm);
    writeFileSync(stamp, wanted);
  }

  return { install, inOrder, isFresh, together, tool };
}
