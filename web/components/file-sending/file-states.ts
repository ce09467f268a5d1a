/** How far files have got on their way to the department, asked again while any is being checked. */
import { useEffect, useState } from 'preact/hooks';
import type { CaseAttachment } from '../../../lambdas/domain/case.ts';
import type { AttachmentStates } from '../../../lambdas/http/wire.ts';
import { call } from '../../client/api.ts';

export type FileState = Pick<CaseAttachment, 'state' | 'why'>;
export type FileStates = ReadonlyMap<string, FileState>;

/** Milliseconds between two askings: a scan takes seconds, and one that takes minutes is not worth a session kept alive. */
const waitsMs = [1_500, 2_000, 3_000, 5_000, 8_000, 12_000, 20_000, 30_000, 30_000, 30_000];

const isPending = (states: FileStates, ids: readonly string[]): boolean =>
  ids.some(id => (states.get(id)?.state ?? 'uploaded') === 'uploaded');

/**
 * By id; files that nothing is known of yet are being checked. `path` answers with `AttachmentStates`. A file more begins
 * the asking anew; a page that nobody looks at asks nothing.
 */
export const useFileStates = (
  path: string,
  ids: readonly string[],
  onChange?: (id: string, state: FileState) => void,
): FileStates => {
  const [states, setStates] = useState<FileStates>(new Map());
  useEffect(() => {
    let known: FileStates = states;
    let asked = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const answer = document.hidden ? undefined : await call<AttachmentStates>(path).catch(() => undefined);
      const next =
        answer && new Map(answer.items.map(({ id, state, why }) => [id, { state, ...(why && { why }) }]));
      for (const [id, state] of next ?? [])
        if (ids.includes(id) && known.get(id)?.state !== state.state && state.state !== 'uploaded')
          onChange?.(id, state);
      if (next) {
        known = next;
        setStates(next);
      }
      wait();
    };
    const wait = () => {
      if (isPending(known, ids) && asked < waitsMs.length) timer = setTimeout(ask, waitsMs[asked++]);
    };
    wait();
    return () => clearTimeout(timer);
  }, [path, ids.join()]);
  return states;
};
