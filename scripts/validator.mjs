// Finds dciodvfy, the DICOM validator of Debian's dicom3tools, and tries to install it where the tests run as root on
// Debian. Tests that need it say so and skip where it is absent.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const works = () => spawnSync('dciodvfy', ['-version']).error === undefined;

export function ensureValidator() {
  if (works() || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return works();
  const apt = (...args) => spawnSync('apt-get', args, { stdio: 'inherit', timeout: 300_000 }).status === 0;
  const install = () => apt('install', '-y', '-q', '--no-install-recommends', 'dicom3tools');
  // The lists may be fresh from the browser's installation, or missing altogether.
  if (!install() && apt('update', '-q')) install();
  return works();
}
