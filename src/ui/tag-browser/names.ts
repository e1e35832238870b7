/** Gives the name of a standard attribute, or an empty text for private and unknown ones. */
export type NameOf = (tag: string) => string;

/** File meta elements (PS3.6, table 7-1), which the dictionary leaves out. */
const FILE_META: Readonly<Record<string, string>> = {
  '00020000': 'File Meta Information Group Length',
  '00020001': 'File Meta Information Version',
  '00020002': 'Media Storage SOP Class UID',
  '00020003': 'Media Storage SOP Instance UID',
  '00020010': 'Transfer Syntax UID',
  '00020012': 'Implementation Class UID',
  '00020013': 'Implementation Version Name',
  '00020016': 'Source Application Entity Title',
  '00020017': 'Sending Application Entity Title',
  '00020018': 'Receiving Application Entity Title',
  '00020100': 'Private Information Creator UID',
  '00020102': 'Private Information',
};

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
    if (Object.hasOwn(FILE_META, tag)) return FILE_META[tag]!;
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
