/** A name that no one else has, 128 random bits in hexadecimal; also where the page has no secure context. */
export const uniqueId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
