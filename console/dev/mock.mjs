// A stand-in for the server while working on the console: `node dev/mock.mjs`, then `npm run dev`.
// It also serves a finished build, so http://127.0.0.1:8799/ works without Vite.
//   --port N     another port            --empty      no model yet
//   --key KEY    asks for an API key     --calm       no alert
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { datasets } from './datasets.mjs';
import { createModels, metrics, predict } from './fabric.mjs';
import { begin, one, recent } from './quantizations.mjs';

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '8799' },
    key: { type: 'string' },
    empty: { type: 'boolean', default: false },
    calm: { type: 'boolean', default: false },
  },
});
const site = fileURLToPath(new URL('../target/classes/META-INF/resources', import.meta.url));
const startedAt = new Date().toISOString();
const models = options.empty ? new Map() : createModels(options);

class Refusal extends Error {
  constructor(status, code, title, detail) {
    super(detail);
    this.body = { type: `/docs/reference/errors#${code.toLowerCase()}`, title, status, detail, code, request_id: id() };
  }
}

const id = () => createHash('sha1').update(String(process.hrtime.bigint())).digest('hex').slice(0, 16);

const summary = (model) => {
  const active = model.versions.filter((version) => !version.archived).length;
  return {
    ...without(model, 'audit'),
    versions: active,
    archived_versions: model.versions.length - active,
  };
};

const without = (value, ...keys) => Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

const full = (model, archived = false) => ({
  ...model,
  archived_versions: model.versions.filter((version) => version.archived).length,
  versions: model.versions.filter((version) => archived || !version.archived).map(brief),
});

const brief = (version) =>
  without(version, 'labels', 'input', 'contract', 'temperature', 'evaluation', 'quantization', 'lineage');

function find(name) {
  const model = models.get(name);
  if (!model)
    throw new Refusal(
      404,
      'MODEL_UNKNOWN',
      'No such model',
      `There is no model "${name}"; GET /v1/models lists the names.`,
    );
  return model;
}

function versionOf(model, number) {
  const version = model.versions.find((candidate) => candidate.version === Number(number));
  if (!version)
    throw new Refusal(
      404,
      'VERSION_UNKNOWN',
      'No such version',
      `Model "${model.name}" has no version ${number}; it has ${model.versions.map((v) => v.version).join(', ')}.`,
    );
  return version;
}

function record(model, action, version, reason, detail) {
  model.audit.unshift({ at: new Date().toISOString(), who: 'console', action, version, reason, detail });
}

function route(model, production, previous) {
  model.previous = previous;
  model.production = production;
  for (const version of model.versions) version.aliases = version.version === production ? ['production'] : [];
  model.accuracy = versionOf(model, production).accuracy;
}

const actions = {
  promote(model, { version, reason }) {
    const chosen = versionOf(model, version);
    if (version === model.production)
      return {
        unchanged: true,
        message: `${model.name}: version ${version} is in production already; nothing changed.`,
        model: full(model),
      };
    if (chosen.state !== 'ready')
      throw new Refusal(
        409,
        'STATE_CONFLICT',
        'Not possible now',
        `Version ${version} is ${chosen.state}; only a ready version can be promoted.`,
      );
    record(model, 'promote', version, reason, `version ${model.production} → ${version}`);
    route(model, version, model.production);
    model.canary = null;
    model.candidate = null;
    return { unchanged: false, message: `${model.name}: version ${version} is in production.`, model: full(model) };
  },
  canary(model, { version, percent, reason }) {
    versionOf(model, version);
    record(model, 'canary', version, reason, `${percent} % of traffic`);
    model.canary = percent > 0 ? { version, percent } : null;
    return full(model);
  },
  rollback(model, { reason }) {
    const from = model.production;
    const to = model.versions.map((v) => v.version).find((v) => v < from);
    if (!to)
      throw new Refusal(
        409,
        'NOTHING_TO_ROLL_BACK',
        'Nothing to roll back',
        `Version ${from} is the first production version of "${model.name}".`,
      );
    record(model, 'rollback', to, reason, `version ${from} → ${to} in 14.2 ms`);
    route(model, to, null);
    model.canary = null;
    model.alert = null;
    return { from, to, took_ms: 14.2, model: full(model) };
  },
};

function setAside(model, number, archived, reason) {
  const version = versionOf(model, number);
  requireUnused(model, version.version);
  record(model, archived ? 'archive' : 'restore', version.version, reason, '');
  version.archived = archived;
  return full(model);
}

function deleteVersion(model, number, reason) {
  const version = versionOf(model, number);
  requireUnused(model, version.version);
  record(model, 'delete', version.version, reason, '');
  model.versions.splice(model.versions.indexOf(version), 1);
}

function requireUnused(model, number) {
  if (number === model.production || number === model.canary?.version || number === model.previous)
    throw new Refusal(409, 'STATE_CONFLICT', 'Not possible now', `Version ${number} of ${model.name} is in use.`);
}

function quantize(model, order) {
  const original = versionOf(model, order.version ?? model.production);
  return begin(id(), model.name, original, order, (report) => {
    const version = {
      ...original,
      version: model.latest + 1,
      state: 'registered',
      aliases: ['candidate'],
      created_at: new Date().toISOString(),
      size_bytes: report.bytes.quantized,
      note:
        order.note ??
        `${report.precision.replace(/^[a-z]+/, (name) => name.toUpperCase()).replace('-', ' ')} of version ${original.version}`,
      quantization: report,
      lineage: { ...original.lineage, parent: `${model.name}:${original.version}` },
    };
    model.versions.unshift(version);
    model.latest = version.version;
    return version.version;
  });
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function answer(request, url) {
  const [, , kind, name, what, number, act] = url.pathname.split('/').map(decodeURIComponent);
  if (options.key && request.headers.authorization !== `Bearer ${options.key}`)
    throw new Refusal(
      401,
      'UNAUTHENTICATED',
      'API key needed',
      'Send the header "Authorization: Bearer KEY" with a configured key.',
    );
  if (kind === 'status') return { program: 'fovea', version: '0.1.0', started_at: startedAt, models: models.size };
  if (kind === 'alerts') return { alerts: [] };
  if (kind === 'silences') return { silences: [] };
  if (kind === 'jobs') {
    if (!name && request.method === 'POST') {
      const order = JSON.parse(await bodyOf(request));
      return quantize(find(order.model), order);
    }
    if (!name) return { jobs: recent() };
    const job = one(name);
    if (job) return job;
  }
  if (kind === 'datasets') {
    const sent = await bodyOf(request);
    const found = datasets(
      request.method,
      url.pathname.split('/').slice(3).map(decodeURIComponent),
      url.searchParams,
      sent.length > 0 ? JSON.parse(sent) : undefined,
    );
    if (found) return found;
  }
  if (kind !== 'models') throw new Refusal(404, 'NOT_FOUND', 'No such page', `There is nothing at ${url.pathname}.`);
  if (!name) return { models: [...models.values()].map(summary) };
  const model = find(name);
  const reason = url.searchParams.get('reason') ?? '';
  if (!what && request.method === 'DELETE') return void models.delete(name);
  if (!what) return full(model, url.searchParams.get('archived') === 'true');
  if (what === 'versions' && request.method === 'DELETE') return deleteVersion(model, number, reason);
  if (act === 'archive' || act === 'restore')
    return setAside(model, number, act === 'archive', JSON.parse(await bodyOf(request)).reason);
  if (act === 'evaluations') return { evaluations: [] };
  if (what === 'versions') return versionOf(model, number);
  if (what === 'metrics') return metrics(model);
  const body = await bodyOf(request);
  if (what in actions) return actions[what](model, JSON.parse(body));
  return predictImage(model, url.searchParams.get('version'), body);
}

function predictImage(model, version, image) {
  const head = image.subarray(0, 12).toString('latin1');
  if (!/^(\xff\xd8\xff|\x89PNG|GIF8|BM|RIFF|II\*|MM)/.test(head))
    throw new Refusal(
      400,
      'IMAGE_FORMAT_UNSUPPORTED',
      'Not an image that can be read',
      `The ${image.length} bytes start with "${head.replace(/[^ -~]/g, '.')}"; send JPEG, PNG, WebP, BMP, TIFF or GIF.`,
    );
  return predict(model, version ? versionOf(model, version).version : model.production, image, id());
}

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

function file(path, response) {
  const at = join(site, normalize(path === '/' ? '/index.html' : path));
  if (!at.startsWith(site) || !existsSync(at)) return response.writeHead(404).end();
  response.writeHead(200, {
    'Content-Type': types[extname(at)] ?? 'application/octet-stream',
    'Content-Security-Policy':
      "default-src 'self'; img-src 'self' blob:; style-src 'self' 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  });
  createReadStream(at).pipe(response);
}

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (!url.pathname.startsWith('/v1/')) return file(url.pathname, response);
  try {
    const body = await answer(request, url);
    if (body?.image) response.writeHead(200, { 'Content-Type': 'image/png' }).end(body.image);
    else if (body === undefined) response.writeHead(204).end();
    else response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  } catch (error) {
    const problem = error.body ?? new Refusal(500, 'INTERNAL', 'A fault of the program', String(error)).body;
    response.writeHead(problem.status, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify(problem));
  }
}).listen(Number(options.port), '127.0.0.1', () => console.log(`http://127.0.0.1:${options.port}/`));
