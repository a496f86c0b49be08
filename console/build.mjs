// Builds the console: `node build.mjs` writes it where the jar picks it up, `node build.mjs check` lints and tests it.
// Each step is left out while its inputs are older than its output, so a build with nothing to do takes no time.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stepsOf } from './steps.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const schema = join(here, 'src/api/schema.d.ts');
const page = join(here, 'target/classes/META-INF/resources/index.html');
const checked = join(here, 'target/console-checked');
const tools = ['build.mjs', 'steps.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];
// What the server serves
const document = '../server/src/main/resources/dev/fovea/api/openapi.json';
const sources = [...tools, 'vite.config.ts', 'index.html', 'public', 'src', document];
const { install, inOrder, isFresh, together, tool } = stepsOf('console', here);

const types = () => tool('type generation', 'openapi-typescript/bin/cli.js', document, '-o', schema);
const compile = () => tool('type check', 'typescript/bin/tsc', '--noEmit');
const lint = () => tool('lint', 'eslint/bin/eslint.js', '--max-warnings=0', '.');
const style = () => tool('style (npm run format repairs it)', 'prettier/bin/prettier.cjs', '--check', '.');
const test = () => tool('tests', 'vitest/vitest.mjs', 'run');
const bundle = () => tool('bundle', 'vite/bin/vite.js', 'build', '--logLevel=warn');

await install();
if (!isFresh(schema, [document, 'package-lock.json'])) await inOrder(types);
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
