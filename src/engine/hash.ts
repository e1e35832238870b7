/** SHA-256 in hexadecimal; empty where the platform offers none (pages without a secure context), so nothing is cached there. */
export async function sha256(...parts: readonly (Uint8Array<ArrayBuffer> | string)[]): Promise<string> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) return '';
  const all = parts.map((p) => (typeof p === 'string' ? new TextEncoder().encode(p) : p));
  const whole = all.length === 1 ? all[0] : join(all);
  const digest = new Uint8Array(await subtle.digest('SHA-256', whole));
  return Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
}

function join(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    whole.set(p, at);
    at += p.length;
  }
  return whole;
}
