import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { BASE, relocate } from './relocate.mts';
import { sidebar } from './sidebar.mts';

const root = join(import.meta.dirname, '..');

export default defineConfig({
  title: 'Fovea',
  description: 'Puts computer-vision models into production and keeps them good',
  lang: 'en',
  base: process.argv.includes('build') ? BASE : '/docs/',
  cleanUrls: true,
  metaChunk: true,
  outDir: 'target/classes/META-INF/resources/docs',
  cacheDir: 'target/cache',
  srcExclude: ['**/node_modules/**', 'target/**'],
  vite: { publicDir: join(root, '../console/public'), build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 3000 } },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    docFooter: { prev: 'Previous', next: 'Next' },
    nav: [
      { text: 'Tutorial', link: '/tutorial/first-model' },
      { text: 'How-to', link: '/how-to/' },
      { text: 'Reference', link: '/reference/' },
      { text: 'Explanation', link: '/explanation/' },
    ],
    sidebar: sidebar((page) => existsSync(join(root, `${page}.md`))),
  },
  buildEnd(site) {
    cpSync(join(root, 'examples'), join(site.outDir, 'examples'), { recursive: true });
    relocate(site.outDir);
  },
});
