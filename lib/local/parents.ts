/** Who started this process, so that it can end when they do. */
import { readFileSync } from 'node:fs';

/** Parent of a process; undefined where it is gone or the system does not say. */
const parentOf = (pid: number): number | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything, spaces and parentheses too.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
};

/**
 * npm starts a shell that starts us. Killed outright it says nothing to either, and whoever is orphaned gets another
 * parent: then `gone` is called, once. Started without npm, a portal may outlive who started it.
 */
export const watchNpm = (gone: () => void): void => {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return;
    clearInterval(timer);
    gone();
  }, 500).unref();
};
