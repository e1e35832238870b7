import { describe, expect, it } from 'vitest';
import { version } from '../../package.json' with { type: 'json' };
import { kinetex } from './kinetex.ts';

describe('bad arguments end with 2, a sentence on stderr and nothing on stdout', () => {
  it.each([
    [['dance'], 'there is no command "dance"'],
    [['inspect'], 'at least one file'],
    [['inspect', '/no/such/folder'], 'does not exist'],
    [['extract', '--mask', 'x'], '--image is missing'],
    [
      ['extract', '--image', 'package.json', '--mask', 'package.json', '--names', 'mine'],
      '--names takes one of',
    ],
    [['decode', '--fast', 'x'], '--fast'],
  ])('%j', (args, words) => {
    const { status, stdout, stderr } = kinetex(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(words);
  });
});

describe('help and version', () => {
  it.each([[['help']], [['--help']], [['-h']], [['extract', '--help']], [[]]])(
    '%j shows every command',
    (args) => {
      const { status, stdout } = kinetex(...args);
      expect(status).toBe(0);
      expect(stdout).toContain('kinetex extract --image');
    },
  );

  it('says its version', () => {
    expect(kinetex('--version')).toMatchObject({ status: 0, stdout: `${version}\n` });
  });
});

describe('refused input ends with 3 and is named', () => {
  it('says what is wrong with a file that is no image', () => {
    const { status, stdout } = kinetex('inspect', '--json', 'package.json');
    expect(status).toBe(3);
    const { refused } = JSON.parse(stdout);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ file: 'package.json', kind: 'not_dicom' });
    expect(refused[0].message.length).toBeGreaterThan(20);
  });
});

describe('self-test', () => {
  it('computes every reference value of the digital phantom on each backend', () => {
    const { status, stdout } = kinetex('self-test', '--json');
    const report = JSON.parse(stdout);
    expect(report.rows.filter((r: { pass: boolean }) => !r.pass)).toEqual([]);
    expect(report.passed).toBe(2 * 482);
    expect(status).toBe(0);
  });
});
