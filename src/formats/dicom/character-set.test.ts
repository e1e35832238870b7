import { describe, expect, it } from 'vitest';
import { characterSet } from './character-set.ts';

/** Text to bytes: characters as they are, `[1b 24]` for bytes in hexadecimal. */
const bytes = (text: string): Uint8Array =>
  Uint8Array.from(
    text.split(/(\[[0-9a-f ]+\])/).flatMap((part) =>
      /^\[[0-9a-f ]+\]$/.test(part)
        ? part
            .slice(1, -1)
            .split(' ')
            .map((h) => parseInt(h, 16))
        : [...part].map((c) => c.charCodeAt(0)),
    ),
  );

const decode = (terms: string, text: string, isName = true): string =>
  characterSet(terms.split('\\')).decode(bytes(text), isName);

// Examples of PS3.5 Annexes H, I, J and K, byte for byte.
const H31 =
  'Yamada^Tarou=[1b 24 42 3b 33 45 44 1b 28 42]^[1b 24 42 42 40 4f 3a 1b 28 42]=[1b 24 42 24 64 24 5e 24 40 1b 28 42]^[1b 24 42 24 3f 24 6d 24 26 1b 28 42]';
const H32 =
  '[d4 cf c0 de]^[c0 db b3]=[1b 24 42 3b 33 45 44 1b 28 4a]^[1b 24 42 42 40 4f 3a 1b 28 4a]=[1b 24 42 24 64 24 5e 24 40 1b 28 4a]^[1b 24 42 24 3f 24 6d 24 26 1b 28 4a]';
const I2 =
  'Hong^Gildong=[1b 24 29 43 fb f3]^[1b 24 29 43 d1 ce d4 d7]=[1b 24 29 43 c8 ab]^[1b 24 29 43 b1 e6 b5 bf]';
const K2 = 'Zhang^XiaoDong=[1b 24 29 41 d5 c5]^[1b 24 29 41 d0 a1 b6 ab]=';

describe('character sets', () => {
  it.each([
    ['ISO 2022 IR 6\\ISO 2022 IR 87', H31, 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
    ['\\ISO 2022 IR 87', H31, 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
    ['ISO 2022 IR 13\\ISO 2022 IR 87', H32, 'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう'],
    ['\\ISO 2022 IR 149', I2, 'Hong^Gildong=洪^吉洞=홍^길동'],
    ['\\ISO 2022 IR 58', K2, 'Zhang^XiaoDong=张^小东='],
    ['ISO_IR 192', 'Wang^XiaoDong=[e7 8e 8b]^[e5 b0 8f e6 9d b1]', 'Wang^XiaoDong=王^小東'],
    ['GB18030', 'Wang^XiaoDong=[cd f5]^[d0 a1 b6 ab]', 'Wang^XiaoDong=王^小东'],
    ['GBK', 'Wang^XiaoDong=[cd f5]^[d0 a1 b6 ab]', 'Wang^XiaoDong=王^小东'],
    ['ISO_IR 144', '[bb ee da 63 65 dc d1 79 70 d3]', 'Люкceмбypг'],
    ['ISO_IR 100', 'Buc^J[e9]r[f4]me', 'Buc^Jérôme'],
    ['ISO_IR 101', 'W[b1]tek', 'Wątek'],
    ['ISO_IR 126', '[c4 e9 ef ed f5 f3 e9 ef f2]', 'Διονυσιος'],
    ['ISO_IR 127', '[e2 c8 c7 e6 ea]^[e4 e6 d2 c7 d1]', 'قباني^لنزار'],
    ['ISO_IR 138', '[f9 f8 e5 ef]^[e3 e1 e5 f8 e4]', 'שרון^דבורה'],
    ['ISO_IR 148', '[c7 f0 fd]', 'Çğı'],
    ['ISO_IR 166', '[a1 d2]', 'กา'],
    ['ISO_IR 109', '[a1]', 'Ħ'],
    ['ISO_IR 110', '[a2]', 'ĸ'],
    ['ISO_IR 203', '[a4]', '€'],
  ])('%s', (terms, text, wanted) => {
    expect(decode(terms, text)).toBe(wanted);
    expect(characterSet(terms.split('\\')).unknown).toEqual([]);
  });

  it('switches back at the parts of a name, at values and at lines', () => {
    const greek = '[1b 2d 46 c4 e9]';
    expect(decode('ISO 2022 IR 100\\ISO 2022 IR 126', `${greek}^[e9]`)).toBe('Δι^é');
    expect(decode('ISO 2022 IR 100\\ISO 2022 IR 126', `${greek}\\[e9]`)).toBe('Δι\\é');
    expect(decode('ISO 2022 IR 100\\ISO 2022 IR 126', `${greek}[0d 0a e9]`, false)).toBe('Δι\r\né');
    // In a text that is no name, ^ is a character like others.
    expect(decode('ISO 2022 IR 100\\ISO 2022 IR 126', `${greek}^[e9]`, false)).toBe('Δι^ι');
  });

  it('takes a delimiter inside a double-byte character for what it is', () => {
    // 3d 5c is one character of JIS X 0208, and no separator of groups or values.
    expect(decode('\\ISO 2022 IR 87', '[1b 24 42 3d 5c 1b 28 42]')).toBe(
      new TextDecoder('euc-jp').decode(Uint8Array.of(0xbd, 0xdc)),
    );
  });

  it('reads JIS X 0212', () => {
    // 丂, the first character of the set, row 16 cell 1.
    expect(decode('\\ISO 2022 IR 159', '[1b 24 28 44 30 21 1b 28 42]')).toBe('丂');
  });

  it('names what it does not know, and still reads the letters', () => {
    const set = characterSet(['ISO_IR 99999']);
    expect(set.unknown).toEqual(['ISO_IR 99999']);
    expect(set.decode(bytes('Test^[e9]'), true)).toBe('Test^é');
    for (const name of ['__proto__', 'constructor', 'toString'])
      expect(characterSet([name]).unknown).toEqual([name.toUpperCase()]);
  });

  it('survives broken escapes and broken UTF-8', () => {
    expect(decode('\\ISO 2022 IR 87', '[1b 24 42 1b 1b 1b 28]')).toBeTypeOf('string');
    expect(decode('ISO_IR 192', 'a[ff fe c0 80]b')).toMatch(/^a\ufffd+b$/);
  });
});
