import { describe, expect, it } from 'vitest';
import { exactNumber, formatNumber, parseNumber } from './numbers.ts';

describe('numbers for reading', () => {
  it.each([
    [0, '0'],
    [2.15, '2.150'],
    [-0.000354, '−0.0003540'],
    [13.408, '13.41'],
    [14233.4, '14233'],
    [358681.25, '358681'],
    [114596, '114596'],
    [0.00001234, '1.234×10⁻⁵'],
    [12_345_678.9, '1.235×10⁷'],
    [6.02214076e23, '6.022×10²³'],
    [-1e-10, '−1.000×10⁻¹⁰'],
    [9.99999, '10.000'],
  ])('%d is written %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('uses a comma when asked', () => {
    expect(formatNumber(-2.5, { comma: true })).toBe('−2,500');
  });

  it('drops zeros at the end of set numbers, and only those', () => {
    expect(formatNumber(2.5, { digits: 6, trim: true })).toBe('2.5');
    expect(formatNumber(0.9765625, { digits: 6, trim: true })).toBe('0.976563');
    expect(formatNumber(100, { digits: 6, trim: true })).toBe('100');
    expect(formatNumber(1000.4, { digits: 3, trim: true })).toBe('1000');
  });

  it('names what is no number', () => {
    expect([NaN, Infinity, -Infinity].map((x) => formatNumber(x))).toEqual(['–', '∞', '−∞']);
  });

  it('copies numbers without loss', () => {
    for (const x of [0.1 + 0.2, -1e-300, 123456789.123]) expect(Number(exactNumber(x))).toBe(x);
    expect(exactNumber(1.5, true)).toBe('1,5');
  });

  it('reads what people type', () => {
    expect(['2', '-1,5', '−3.25', ' .5 ', '1e3', '-500'].map(parseNumber)).toEqual([
      2, -1.5, -3.25, 0.5, 1000, -500,
    ]);
    expect(parseNumber('  ')).toBeNull();
    for (const text of ['0x10', '1.2.3', 'abc', '1 000', 'Infinity', '-', '1e'])
      expect(parseNumber(text)).toBeNaN();
  });
});
