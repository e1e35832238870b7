/** Hands bytes to the person as a file. Nothing is sent: the address is a blob of this page and dies at once. */
export function saveBytes(name: string, type: string, content: BlobPart): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The same with a text, in UTF-8. */
export const saveText = (name: string, type: string, text: string): void =>
  saveBytes(name, `${type};charset=utf-8`, text);
