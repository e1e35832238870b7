/** Gives the name of a standard attribute, or an empty text for private and unknown ones. */
export type NameOf = (tag: string) => string;

/** The dictionary of the DICOM standard, loaded when the tag browser is first opened. */
export async function loadNames(): Promise<NameOf> {
  const { elements } = await import('@iwharris/dicom-data-dictionary');
  // The dictionary was made from a web page and still holds its entities.
  const plain = (name: string) =>
    name
      .replace(/&#x27;/gi, '’')
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, '&');
  return (tag) => {
    if (Number.parseInt(tag.slice(0, 4), 16) % 2 === 1) return '';
    const key = `(${tag.slice(0, 4)},${tag.slice(4)})`;
    // Repeating groups are listed with `xx`: (60xx,3000).
    const repeating = `(${tag.slice(0, 2)}xx,${tag.slice(4)})`;
    const found = Object.hasOwn(elements, key)
      ? elements[key]
      : Object.hasOwn(elements, repeating)
        ? elements[repeating]
        : undefined;
    return found ? plain(found.name) : tag.endsWith('0000') ? 'Group Length' : '';
  };
}
