// The service worker that keeps the program itself, never anything of a person's, so that the page opens without its
// server. It answers files of its own list. An address with a query, or outside the folder of the program, gets no answer; a
// file that the list lacks is asked of the server, since a newer page may need it.

import { cachePrefix } from './program-cache.ts';

/** What a service worker sees; TypeScript has these types only in place of the page's. */
interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface AskEvent extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response> | Response): void;
}
interface OfflineScope {
  readonly registration: { readonly scope: string };
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', listener: (event: LifeEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: AskEvent) => void): void;
}

declare const __KINETEX_BUILD__: string;
declare const __KINETEX_FILES__: readonly string[];

const scope = self as unknown as OfflineScope;
const PREFIX = cachePrefix(scope.registration.scope);
const CACHE = PREFIX + __KINETEX_BUILD__;
const home = new URL('./', scope.registration.scope).href;
const known = new Set(__KINETEX_FILES__.map((name) => new URL(name, home).href));

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([home, ...known]);
  await scope.skipWaiting();
}

async function forgetOlder(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((n) => n.startsWith(PREFIX) && n !== CACHE).map((n) => caches.delete(n)));
  await scope.clients.claim();
}

/** The page itself comes from its server while there is one, so that a new version is seen at the next visit. */
async function pageFirst(): Promise<Response> {
  try {
    // Not the address that was asked for: that may carry a query.
    const fresh = await fetch(home, { cache: 'no-cache' });
    if (fresh.ok) return fresh;
  } catch {
    // No server: the kept page.
  }
  return (await caches.match(home)) ?? Response.error();
}

async function kept(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
}

scope.addEventListener('install', (event) => event.waitUntil(keep()));
scope.addEventListener('activate', (event) => event.waitUntil(forgetOlder()));
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  const plain = address.origin + address.pathname;
  if (request.method !== 'GET') return event.respondWith(Response.error());
  if (request.mode === 'navigate' && (plain === home || plain === `${home}index.html`))
    return event.respondWith(pageFirst());
  if (known.has(plain) && address.search === '') return event.respondWith(kept(request));
  if (address.search === '' && address.href.startsWith(home)) return;
  event.respondWith(Response.error());
});
