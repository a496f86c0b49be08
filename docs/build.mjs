// Builds the documentation where the jar picks it up. Does nothing while the pages are older than the built site.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stepsOf } from '../console/steps.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const page = join(here, 'target/classes/META-INF/resources/docs/index.html');
const sources = readdirSync(here).filter((name) => !['node_modules', 'target'].includes(name));
const { install, isFresh, together, tool } = stepsOf('docs', here);

await install();
if (!isFresh(page, sources)) {
  console.log('docs: building');
  await together(() => tool('site', 'vitepress/bin/vitepress.js', 'build'));
}
