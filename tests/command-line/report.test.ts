import { createHash } from 'node:crypto';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STYLE, STYLE_HASH } from '../../src/report/html/style.ts';
import { MARKER, markedStudy } from '../end-to-end/marked-study.ts';
import { kinetex, type Run } from './kinetex.ts';

const HOSTILE = '<img src=x onerror="globalThis.__pwned=1">';

describe('kinetex report', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kinetex-report-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const paths: string[] = [];
  beforeAll(() => {
    for (const part of ['image', 'mask']) mkdirSync(join(folder, part));
    for (const { name, buffer } of markedStudy(`${MARKER} <b>study</b>`, [HOSTILE, `of ${MARKER}`]))
      writeFileSync(join(folder, name === 'regions.dcm' ? 'mask' : 'image', name), buffer);
    paths.push('--image', join(folder, 'image'), '--mask', join(folder, 'mask'));
  });
  const report = (name: string, ...more: string[]): Run & { html: string; json: string } => {
    const run = kinetex('report', ...paths, '--out', join(folder, name), ...more);
    expect(run.status, run.stderr).toBe(0);
    const read = (end: string) => readFileSync(join(folder, name.replace('.html', end)), 'utf8');
    return { ...run, html: read('.html'), json: read('.json') };
  };

  it(
    'names nobody: no identifying value and no UID of the input in either file',
    { timeout: 120_000 },
    () => {
      const { html, json } = report('plain.html');
      for (const text of [html, json]) {
        expect(text).not.toContain(MARKER);
        expect(text).not.toMatch(/2\.25\.77/);
        expect(text).not.toMatch(/20260102|030405/);
      }
      const content = JSON.parse(json);
      expect(content.ibsi).toHaveLength(76);
      expect(content.metrics.items).toHaveLength(30);
      expect(content.pictures.length).toBeGreaterThan(0);
    },
  );

  it('shows hostile names as text, runs nothing and refers to nothing', { timeout: 120_000 }, () => {
    const { html } = report('identified.html', '--identified', '--language', 'ru');
    expect(html).toContain(MARKER);
    expect(html).toContain('&lt;img src&#61;x');
    expect(html).not.toMatch(
      /<img src=x|<script|<b>study|\son\w+\s*=\s*"|(?:href|src)="(?!data:image\/png|#[a-z]+")/,
    );
    expect(html.match(/<style>([^]*?)<\/style>/)![1]).toBe(STYLE);
    expect(createHash('sha256').update(STYLE).digest('base64')).toBe(STYLE_HASH);
    expect(html).toContain(`sha256-${STYLE_HASH}`);
  });

  it('names what it takes when asked for another language or file', () => {
    const language = kinetex('report', ...paths, '--out', join(folder, 'a.html'), '--language', 'fr');
    expect([language.status, language.stderr]).toEqual([2, expect.stringContaining('en, ru, zh')]);
    expect(kinetex('report', ...paths, '--out', join(folder, 'a.pdf')).status).toBe(2);
  });
});
