/** What long work gets from its caller. The domain only reports and asks; it knows nothing of workers. */
export interface JobContext {
  /** Share done, 0 to 1, with an optional word on what is being done. */
  readonly onProgress?: (share: number, what?: string) => void;
  /** Throws when the work was cancelled. Called between pieces of work of at most about 50 ms. */
  readonly checkCancelled?: () => void;
}
