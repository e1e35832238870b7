// Every package that ships must carry a licence that Apache-2.0 work may include; prints the list into docs/licences.md with --write.
import { init } from 'license-checker-rseidelsohn';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const ALLOWED = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'CC0-1.0',
  'Unlicense',
  'BlueOak-1.0.0',
];

export function checkLicences() {
  return new Promise((resolve, reject) => {
    init({ start: root, production: true, excludePrivatePackages: true }, (error, packages) => {
      if (error) return reject(error);
      const rows = Object.entries(packages).map(([name, p]) => ({ name, licence: String(p.licenses) }));
      const fits = (licence) =>
        licence
          .replace(/[()*]/g, '')
          .split(/ OR | AND |,/)
          .some((l) => ALLOWED.includes(l.trim()));
      const foreign = rows.filter((r) => !fits(r.licence));
      if (foreign.length)
        return reject(
          new Error(`licences to look at: ${foreign.map((r) => `${r.name} ${r.licence}`).join(', ')}`),
        );
      resolve(rows);
    });
  });
}

if (process.argv[1] === import.meta.filename) {
  const rows = await checkLicences();
  process.stdout.write(`licences: ${rows.length} shipped packages, all allowed\n`);
  if (process.argv.includes('--write')) {
    const table = rows.map((r) => `| ${r.name} | ${r.licence} |`).join('\n');
    writeFileSync(
      join(root, 'docs/licences.md'),
      `# Packages that ship, and their licences\n\nMade by \`node scripts/licences.mjs --write\`.\n\n| package | licence |\n|---|---|\n${table}\n`,
    );
  }
}
