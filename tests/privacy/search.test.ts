import { deflateSync, gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { leaksIn } from './search.ts';

const TEXT = 'Кихот of Toboso';
const page = (inner: string | Buffer) =>
  Buffer.concat([Buffer.from('<!doctype html><p>'), Buffer.from(inner as string), Buffer.from('</p>')]);

function png(kind: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    length,
    Buffer.from(kind),
    data,
    Buffer.alloc(4),
    Buffer.alloc(4),
    Buffer.from('IEND'),
    Buffer.alloc(4),
  ]);
}

// A search that is blind finds nothing anywhere: each hiding place is tried with something in it.
describe('the search for what identifies', () => {
  const bytes = Buffer.from(`it is ${TEXT}.`);
  const entities = [...TEXT].map((c) => `&#${c.codePointAt(0)};`).join('');
  it.each<readonly [string, Uint8Array]>([
    ['as it is', bytes],
    ['in capitals', Buffer.from(`it is ${TEXT.toUpperCase()}.`)],
    ['in UTF-16', Buffer.from(TEXT, 'utf16le')],
    ['in UTF-16 of the other order', Buffer.from(TEXT, 'utf16le').swap16()],
    [
      'in ISO-IR 144',
      Buffer.from([...TEXT].map((c) => (c < '\x80' ? c.charCodeAt(0) : c.charCodeAt(0) - 0x360))),
    ],
    ['gzipped', gzipSync(bytes)],
    ['in an archive', zipSync({ 'a.txt': bytes })],
    ['as a name in an archive', zipSync({ [`${TEXT}.txt`]: Uint8Array.of(1) })],
    ['escaped for HTML', page(entities)],
    [
      'escaped for JSON',
      Buffer.from(
        JSON.stringify({ TEXT }).replace(/[^\x00-\x7f]/g, (c) => `\\u0${c.charCodeAt(0).toString(16)}`),
      ),
    ],
    ['escaped for a URL', page(encodeURIComponent(TEXT))],
    [
      'in a data URI',
      page(
        `<img src="data:text/plain;base64,${Buffer.from(`${TEXT} is here and here`).toString('base64')}">`,
      ),
    ],
    ['in a text of a PNG', png('tEXt', bytes)],
    [
      'in a packed text of a PNG in a page',
      page(
        `data:image/png;base64,${png('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(bytes)])).toString('base64')}`,
      ),
    ],
  ])('finds a text %s', (_, file) => {
    expect(leaksIn([{ name: 'x', bytes: file }], [TEXT])).not.toEqual([]);
    expect(leaksIn([{ name: 'x', bytes: file }], ['Кихот of Barataria'])).toEqual([]);
  });
  it('finds Chinese in GB18030, and a text in the name of a file', () => {
    // 堂吉诃德 in the national standard.
    const gb = Uint8Array.from([0xcc, 0xc3, 0xbc, 0xaa, 0xda, 0xad, 0xb5, 0xc2]);
    expect(leaksIn([{ name: 'x', bytes: gb }], ['堂吉诃德'])).toMatchObject([{ as: 'bytes, GB18030' }]);
    expect(leaksIn([{ name: `${TEXT}.dcm`, bytes }], [TEXT]).map((l) => l.as)).toContain(
      'name of the file, UTF-8',
    );
  });
});
