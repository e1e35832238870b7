/** What every call of the engine takes: a signal to cancel, which rejects with an AbortError, and a progress callback. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number, what?: string) => void;
}
