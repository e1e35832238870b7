import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { FLAGS, findBrowser } from '../../scripts/browser.mjs';

/** A browser of our own with a profile on the disk, which may be killed and started again. */
export interface OwnBrowser {
  readonly context: BrowserContext;
  /** SIGKILL, as if the power had failed. */
  readonly kill: () => Promise<void>;
  /** Ends in good order, so that everything is on the disk. */
  readonly close: () => Promise<void>;
}

export async function startBrowser(profile: string): Promise<OwnBrowser> {
  const args = [...FLAGS, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  // A group of its own, so that its helpers die with it.
  const child = spawn(findBrowser()!, [...args, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const browser: Browser = await chromium.connectOverCDP(await addressOf(child));
  const gone = once(child, 'exit');
  return {
    context: browser.contexts()[0],
    async kill() {
      process.kill(-child.pid!, 'SIGKILL');
      await gone;
      await browser.close().catch(() => undefined);
    },
    async close() {
      const session = await browser.newBrowserCDPSession();
      await session.send('Browser.close').catch(() => undefined);
      await gone;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr!.on('data', (d: Buffer) => {
      said += d.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
    child.once('exit', () => reject(new Error(`the browser ended: ${said.slice(0, 500)}`)));
  });
}
