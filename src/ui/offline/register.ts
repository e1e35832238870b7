import { cachePrefix } from './program-cache.ts';

interface TrustedTypesFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): string };
}

/** Longest wait for the program to be kept, ms: the page works without, so nothing waits for it longer. */
const PATIENCE = 20_000;

/**
 * Lets the browser keep the program, so that the served page opens again without its server. Resolves when all its files
 * are kept, or when that cannot be: from a disk there is no service worker, and none is needed.
 */
export async function keepForOffline(): Promise<void> {
  if (!import.meta.env.PROD || !location.protocol.startsWith('http') || !('serviceWorker' in navigator))
    return;
  const name = document.querySelector<HTMLLinkElement>('link[rel="kinetex-offline"]')?.getAttribute('href');
  if (!name) return;
  try {
    // The file has its content in its name, so the browser's own question for news needs no request.
    await navigator.serviceWorker.register(trusted(new URL(name, document.baseURI).href), {
      updateViaCache: 'all',
    });
    await Promise.race([
      navigator.serviceWorker.ready,
      new Promise((resolve) => setTimeout(resolve, PATIENCE)),
    ]);
  } catch {
    // Private windows and strict settings forbid it: the page then needs its server at the next visit, as before.
  }
}

/** Gives the kept program up too: what is open goes on, and the next visit needs the server. Says whether all is gone. */
export async function forgetProgram(): Promise<boolean> {
  if (!('serviceWorker' in navigator) || !('caches' in globalThis)) return true;
  try {
    const worker = await navigator.serviceWorker.getRegistration();
    if (!worker) return true;
    const prefix = cachePrefix(worker.scope);
    await worker.unregister();
    const own = (await caches.keys()).filter((name) => name.startsWith(prefix));
    await Promise.all(own.map((name) => caches.delete(name)));
    return true;
  } catch {
    return false;
  }
}

function trusted(address: string): string {
  const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
  if (!factory) return address;
  return factory
    .createPolicy('kinetex-offline', {
      createScriptURL: (asked) => {
        if (asked !== address) throw new TypeError('not the offline worker of this page');
        return asked;
      },
    })
    .createScriptURL(address);
}
