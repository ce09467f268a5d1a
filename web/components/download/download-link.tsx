import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ApiFailure } from '../../client/api.ts';
import { getFile, saveFile } from '../../client/files.ts';
import { texts } from '../../client/texts.ts';
import { Notice } from '../notice/notice.tsx';
import type fi from './fi.json';

interface Properties {
  /** Relative to `/api/`. */
  readonly path: string;
  /** Of the button it looks like. */
  readonly class: string;
  readonly children: ComponentChildren;
}

type State = 'idle' | 'coming' | 'failed' | 'tooLarge';

const failureOf = (error: unknown): State =>
  error instanceof ApiFailure && error.kind === 'answer-too-large' ? 'tooLarge' : 'failed';

/** With a key or another button held, the browser does what it does with any link. */
const isPlain = ({ button, ctrlKey, metaKey, shiftKey, altKey }: MouseEvent): boolean =>
  button === 0 && !ctrlKey && !metaKey && !shiftKey && !altKey;

/** A file that is made when it is asked for: what goes wrong is said on the page. Texts: `downloadTexts`. */
export const DownloadLink = ({ path, children, class: className }: Properties) => {
  const t = texts<keyof typeof fi>();
  const [state, setState] = useState<State>('idle');
  const take = async () => {
    if (state === 'coming') return;
    setState('coming');
    try {
      saveFile(await getFile(path));
      setState('idle');
    } catch (error) {
      setState(failureOf(error));
    }
  };
  return (
    <>
      <p class="actions">
        <a
          class={className}
          href={`/api/${path}`}
          download
          aria-disabled={state === 'coming'}
          onClick={event => {
            if (!isPlain(event)) return;
            event.preventDefault();
            void take();
          }}
        >
          {children}
        </a>
      </p>
      <div>
        <p role="status">{state === 'coming' && t('download.coming')}</p>
        <div role="alert">
          {state === 'failed' && <Notice kind="error" title={t('download.failed')} />}
          {state === 'tooLarge' && (
            <Notice kind="error" title={t('download.tooLarge')}>
              <p>{t('download.tooLarge.help')}</p>
            </Notice>
          )}
        </div>
      </div>
    </>
  );
};
