// Brings the locked packages in, when they are missing or older than the lock.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);

export function install() {
  const stamp = join(root, 'node_modules/.package-lock.json');
  const lock = join(root, 'package-lock.json');
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs) return;
  // Not `npm ci`: it refuses the lock where a registry lacks optional packages for other platforms (oxc-parser lists
  // some that are nowhere to be had). This takes the locked versions too, and changes no file.
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--prefer-offline'];
  execFileSync('npm', args, { cwd: root, stdio: 'inherit' });
}
