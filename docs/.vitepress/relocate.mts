// Makes a built site work under any path, and under a content security policy without inline scripts and data: images.
// VitePress writes absolute addresses below its base. Here each becomes relative to its page or style sheet, and in
// scripts relative to where the site was loaded from.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parseAst } from 'rollup/parseAst';

/** The base that the site is built with, and that does not occur otherwise. */
export const BASE = '/__DOCS__/';

const SCRIPT = 'base.js';

// An icon with a relative address would be looked for anew at each page that is navigated to.
const FIRST = `window.__docs = new URL('.', document.currentScript.src).pathname;
document.head.append(
  Object.assign(document.createElement('link'), { rel: 'icon', type: 'image/svg+xml', href: window.__docs + 'mark.svg' }),
);
`;

export function relocate(folder: string): void {
  rmSync(join(folder, '404.html'), { force: true });
  writeFileSync(join(folder, SCRIPT), FIRST);
  const files = (extension: string) =>
    (readdirSync(folder, { recursive: true }) as string[]).filter((file) => extname(file) === extension);
  const rewrite = (file: string, change: (text: string) => string) => {
    const path = join(folder, file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  };
  for (const file of files('.html')) {
    const up = '../'.repeat(file.split(/[\\/]/).length - 1) || './';
    rewrite(file, (text) => withoutInlineScripts(folder, text).replaceAll(BASE, up));
  }
  for (const file of files('.css')) {
    rewrite(file, (text) => withoutData(folder, text).replaceAll(`${BASE}assets/`, './'));
  }
  for (const file of files('.js').filter((name) => name !== SCRIPT)) {
    rewrite(file, movable);
  }
}

/** Writes content to a file under assets/ that is named by its hash, and returns the file's name. */
function asset(folder: string, extension: string, content: string): string {
  const name = createHash('sha256').update(content).digest('hex').slice(0, 12) + extension;
  writeFileSync(join(folder, 'assets', name), content);
  return name;
}

function withoutInlineScripts(folder: string, html: string): string {
  const moved = html.replace(
    /<script((?![^>]*\ssrc=)[^>]*)>([^]*?)<\/script>/g,
    (_, attributes, code) => `<script${attributes} src="${BASE}assets/${asset(folder, '.js', code)}"></script>`,
  );
  return moved.replace('<head>', `<head>\n    <script src="${BASE}${SCRIPT}"></script>`);
}

function withoutData(folder: string, css: string): string {
  return css.replace(
    /url\((["']?)data:image\/svg\+xml(?:;utf8)?,([^]*?)\1\)/g,
    (_, __, svg) => `url("${asset(folder, '.svg', decodeURIComponent(svg.replaceAll("\\'", "'")))}")`,
  );
}

/** A script with `window.__docs` in place of the base in each of its strings. */
function movable(code: string): string {
  if (!code.includes(BASE)) return code;
  const found: { start: number; end: number; text: string }[] = [];
  const visit = (node: any): void => {
    if (node === null || typeof node !== 'object') return;
    if (node.type === 'Literal' && typeof node.value === 'string' && node.value.includes(BASE)) {
      const parts = node.value.split(BASE).map((part: string) => JSON.stringify(part));
      found.push({ start: node.start, end: node.end, text: `(${parts.join('+window.__docs+')})` });
    } else if (node.type === 'TemplateElement' && node.value.raw.includes(BASE)) {
      found.push({ start: node.start, end: node.end, text: node.value.raw.replaceAll(BASE, '${window.__docs}') });
    } else {
      Object.values(node).forEach(visit);
    }
  };
  visit(parseAst(code));
  const changed = found
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: replacement }) => text.slice(0, start) + replacement + text.slice(end), code);
  if (changed.includes(BASE)) throw new Error(`an address of the site stands outside of strings of a script`);
  return changed;
}
