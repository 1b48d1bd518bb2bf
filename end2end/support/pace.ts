// Time limits on a machine that does other things too.
import os from 'node:os';

/**
 * A time limit in ms for `expect`, valid when every process gets a core; if several share one it is multiplied accordingly. So limits in
 * seconds stay strict on a quiet machine, and a build beside the tests doesn't break them.
 */
export function within(milliseconds: number): { readonly timeout: number } {
  return {
    // Read when the wait begins, not when the limit was written.
    get timeout() {
      return Math.ceil(milliseconds * Math.max(1, os.loadavg()[0] / os.availableParallelism()));
    },
  };
}
