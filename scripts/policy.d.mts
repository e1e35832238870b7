export const SERVED_POLICY: string;
export const META_POLICY: string;
export function singleFilePolicy(scriptHashes: readonly string[], styleHashes: readonly string[]): string;
export const HEADERS: Readonly<Record<string, string>>;
