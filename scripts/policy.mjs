import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

// The one place where the rules of the page stand: what it may load, run and reach. SAFETY.md has the measurements.

/** Names of the Trusted Types policies: Svelte's own templates, and the addresses of the two workers. */
const TRUSTED_TYPES = 'trusted-types svelte-trusted-html kinetex-worker kinetex-offline';

/** The style of a report, by its hash: a report is printed from a frame, which inherits the rules of the page. */
const REPORT_STYLE = (() => {
  const source = readFileSync(new URL('../src/report/html/style.ts', import.meta.url), 'utf8');
  const [, style] = /export const STYLE = `([^`]*)`/.exec(source);
  return `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
})();

/** Workers of the served page: the one made from a blob of the source that it loaded, and the offline worker. */
const WORKERS = "'self' blob:";

const rules = (script, style, worker) => [
  "default-src 'none'",
  `script-src ${script} 'wasm-unsafe-eval'`,
  `style-src ${style} ${REPORT_STYLE}`,
  // Frames hold what the page itself made: a report that is being printed.
  'frame-src blob:',
  `worker-src ${worker}`,
  "img-src 'self' blob: data:",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  TRUSTED_TYPES,
];

/** Policy of the served page. `frame-ancestors` works in headers only. */
export const SERVED_POLICY = [...rules("'self'", "'self'", WORKERS), "frame-ancestors 'none'"].join('; ');

/** The same for static hosts without headers, in a meta element. */
export const META_POLICY = rules("'self'", "'self'", WORKERS).join('; ');

/** Policy of the single file: only the scripts and styles whose hashes are named, and the worker made from a blob. */
export const singleFilePolicy = (scriptHashes, styleHashes) =>
  rules(scriptHashes.join(' '), styleHashes.join(' '), 'blob:').join('; ');

/** Policy of the offline worker, which fetches the program's files once and sees no data. */
const OFFLINE_POLICY = "default-src 'none'; connect-src 'self'";

/** Headers of every answer of our server. */
export const HEADERS = {
  'Content-Security-Policy': SERVED_POLICY,
  // Chromium's draft header: closes navigation, pop-ups, WebRTC and preconnect too. Other browsers ignore it.
  'Connection-Allowlist': '(response-origin)',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
};

/** Headers of the offline worker: its name holds its content, so it never changes. */
export const OFFLINE_HEADERS = {
  ...HEADERS,
  'Content-Security-Policy': OFFLINE_POLICY,
  'Cache-Control': 'max-age=31536000, immutable',
};
