import type { FunctionComponent } from 'preact';
import type noticeTexts from '../components/notice/fi.json';
import { LoadFailure, Loading } from '../components/notice/load-failure.tsx';
import { texts } from './texts.ts';
import { useLoad } from './use-load.ts';

/**
 * A component that most visitors never see at first: its script is fetched when it is to be shown. `isExtra`: nobody waits
 * for it, and nobody misses it.
 */
export const lazily =
  <Properties extends object>(
    load: () => Promise<FunctionComponent<Properties>>,
    isExtra = false,
  ): FunctionComponent<Properties> =>
  properties => {
    const part = useLoad(load);
    if (isExtra && part.state !== 'ready') return null;
    if (part.state === 'loading') return <Loading />;
    if (part.state === 'failed')
      return (
        <LoadFailure what={texts<keyof typeof noticeTexts>()('notice.tryAgain')} onRetry={part.reload} />
      );
    const Part = part.value;
    return <Part {...properties} />;
  };
