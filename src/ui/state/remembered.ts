// Small choices of the person in localStorage. A browser that refuses storage, and incognito, only forget them.

const PREFIX = 'kinetex.';
let keepNothing = false;

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  if (keepNothing && key !== 'incognito') return;
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch {
    // Refused or full: the choice holds until the page closes.
  }
}

/** Removes every choice. Says whether nothing of ours is left. */
export function forgetAll(): boolean {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    return !Object.keys(localStorage).some((key) => key.startsWith(PREFIX));
  } catch {
    return true;
  }
}

/** From now on nothing is written but the wish itself. */
export function setKeepNothing(on: boolean): void {
  keepNothing = on;
  if (on) forgetAll();
  remember('incognito', String(on));
}
