/** How far files have got on their way to the department, asked again while any is being checked. */
import { useEffect, useState } from 'preact/hooks';
import type { CaseAttachment } from '../../../lambdas/domain/case.ts';
import type { AttachmentStates } from '../../../lambdas/http/wire/attachments.ts';
import { call } from '../../client/api.ts';

export type FileState = Pick<CaseAttachment, 'state' | 'why'>;
export type FileStates = ReadonlyMap<string, FileState>;

/** Milliseconds between two askings: a scan takes seconds, and one that takes minutes is not worth a session kept alive. */
const waitsMs = [1_500, 2_000, 3_000, 5_000, 8_000, 12_000, 20_000, 30_000, 30_000, 30_000];

const isPending = (states: FileStates, ids: readonly string[]): boolean =>
  ids.some(id => (states.get(id)?.state ?? 'uploaded') === 'uploaded');

/** What could not be asked now is asked again with the next. */
const askOne = async (path: string): Promise<AttachmentStates['items']> =>
  (await call<AttachmentStates>(path).catch(() => undefined))?.items ?? [];

/**
 * By id; files that nothing is known of yet are being checked. Each of `paths` answers with `AttachmentStates`. A file
 * more begins the asking anew; a page that nobody looks at asks nothing.
 */
export const useFileStates = (
  paths: readonly string[],
  ids: readonly string[],
  onChange?: (id: string, state: FileState) => void,
): FileStates => {
  const [states, setStates] = useState<FileStates>(new Map());
  useEffect(() => {
    let known: FileStates = states;
    let asked = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const answers = await Promise.all((document.hidden ? [] : paths).map(askOne));
      const next = answers.flat().map(({ id, state, why }) => [id, { state, ...(why && { why }) }] as const);
      for (const [id, state] of next)
        if (ids.includes(id) && known.get(id)?.state !== state.state && state.state !== 'uploaded')
          onChange?.(id, state);
      known = new Map([...known, ...next]);
      setStates(known);
      wait();
    };
    const wait = () => {
      if (isPending(known, ids) && asked < waitsMs.length) timer = setTimeout(ask, waitsMs[asked++]);
    };
    wait();
    return () => clearTimeout(timer);
  }, [paths.join(), ids.join()]);
  return states;
};
