// How long something may take, on a machine that does other things too.
import os from 'node:os';

/**
 * A time limit in ms that holds where every process gets a core, for `expect`: where several share one it is so many times longer.
 * What is promised in seconds stays strict on a quiet machine, and a build next to the tests breaks none of them.
 */
export function within(milliseconds: number): { readonly timeout: number } {
  return {
    // Read when something is waited for, not when the limit was written down.
    get timeout() {
      return Math.ceil(milliseconds * Math.max(1, os.loadavg()[0] / os.availableParallelism()));
    },
  };
}
