import { AsyncLocalStorage } from 'node:async_hooks';
import { registerHooks } from 'node:module';

/**
 * The provider follows the portal's clock, which can be moved: it asks one file of its own for the time, and that
 * file is replaced here when the provider is loaded. Cookies keep the browser's time, which nothing moves.
 */
const clocks = new AsyncLocalStorage<() => number>();

/** Seconds since 1970, by the clock of the provider whose request is being served. `date` in ms. */
export const epochSeconds = (date: number = clocks.getStore()?.() ?? Date.now()): number =>
  Math.floor(date / 1000);

/** Runs what `serve` does, to its last promise, by this clock (epoch ms). */
export const byClock = <Result>(now: () => number, serve: () => Result): Result => clocks.run(now, serve);

const replacement = `import { epochSeconds } from ${JSON.stringify(import.meta.url)};\nexport default epochSeconds;\n`;

/** The provider's module, following `byClock`. */
export const loadProvider = async (): Promise<typeof import('oidc-provider')> => {
  const hooks = registerHooks({
    load: (url, context, next) =>
      url.endsWith('/oidc-provider/lib/helpers/epoch_time.js')
        ? { format: 'module', source: replacement, shortCircuit: true }
        : next(url, context),
  });
  try {
    return await import('oidc-provider');
  } finally {
    hooks.deregister();
  }
};
