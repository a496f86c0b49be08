// Drawn images for the mock of data sets: PNG files without a library.
import { crc32, deflateSync } from 'node:zlib';

const chunk = (type, data) => {
  const head = Buffer.from(type, 'latin1');
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  head.copy(out, 4);
  data.copy(out, 8);
  out.writeUInt32BE(crc32(Buffer.concat([head, data])), 8 + data.length);
  return out;
};

/** A PNG of `width` × `height` pixels; `color(x, y)` gives [red, green, blue]. */
export function png(width, height, color) {
  const rows = Buffer.alloc((3 * width + 1) * height);
  let at = 0;
  for (let y = 0; y < height; y++) {
    at++;
    for (let x = 0; x < width; x++) for (const value of color(x, y)) rows[at++] = Math.max(0, Math.min(255, value));
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const TONES = [
  [196, 186, 164],
  [120, 140, 160],
  [90, 96, 92],
];

/** Woven cloth; `hole` and `tear` have a fault at (x, y) of radius r. */
export function cloth(seed, kind, width, height, fault) {
  const tone = TONES[seed % TONES.length];
  return png(width, height, (x, y) => {
    const weave = 14 * (((x >> 1) + (y >> 1)) % 2) + 9 * Math.sin((x + seed) / 7) + 9 * Math.cos((y - seed) / 9);
    const dx = x - fault.x;
    const dy = (y - fault.y) * (kind === 'tear' ? 5 : 1);
    const inside = kind !== 'none' && dx * dx + dy * dy < fault.r * fault.r;
    return tone.map((value) => (inside ? (kind === 'hole' ? 24 : value - 70) : value + weave));
  });
}
