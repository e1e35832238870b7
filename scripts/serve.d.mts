export function serve(options?: {
  port?: number;
  folder?: string;
}): Promise<{ readonly address: string; readonly close: () => void }>;
