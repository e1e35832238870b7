import { load, url } from 'virtual:kinetex-worker';

interface ScriptPolicy {
  createScriptURL(address: string): string;
}

interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): ScriptPolicy;
}

let address: string | undefined;
let loading: Promise<void> | undefined;

/**
 * Brings the source of the worker into memory, once. A worker started later, in the place of one that died, then asks
 * nobody for its script: the page needs its server for nothing after it has loaded.
 * @throws TypeError when the source cannot be had.
 */
export function loadWorker(): Promise<void> {
  loading ??= (async () => {
    address = trusted(url ?? URL.createObjectURL(new Blob([await load()], { type: 'text/javascript' })));
  })();
  return loading;
}

/**
 * Starts one worker, after {@link loadWorker}. Under Trusted Types only this address passes: a blob of the source that
 * the build wrote.
 */
export function spawnWorker(): Worker {
  if (address === undefined) throw new Error('the worker is not loaded yet');
  return new Worker(address, { type: url === null ? 'classic' : 'module', name: 'kinetex' });
}

function trusted(allowed: string): string {
  const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
  if (!factory) return allowed;
  const policy = factory.createPolicy('kinetex-worker', {
    createScriptURL: (asked) => {
      if (asked !== allowed) throw new TypeError('not the worker of this page');
      return asked;
    },
  });
  return policy.createScriptURL(allowed);
}
