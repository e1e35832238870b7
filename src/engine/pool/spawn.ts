import { source, url } from 'virtual:kinetex-worker';

interface ScriptPolicy {
  createScriptURL(address: string): string;
}

interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): ScriptPolicy;
}

let address: string | undefined;

/**
 * Starts one worker. Under Trusted Types only this address passes: the one script that the build named, or a blob
 * of the source that stands in the single file.
 */
export function spawnWorker(): Worker {
  address ??= trusted(url ?? URL.createObjectURL(new Blob([source ?? ''], { type: 'text/javascript' })));
  return new Worker(address, { type: source === null ? 'module' : 'classic', name: 'kinetex' });
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
