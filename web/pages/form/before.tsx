import { received } from '../../client/carried.ts';
import { lazily } from '../../client/lazily.tsx';
import type { DeviceCopy } from '../../client/on-device.ts';
import { Choice, Gone } from './choice.tsx';
import { Unavailable } from './gate.tsx';
import { anew, type Brought, type Candidate, type Opened } from './opening.ts';
import { asNew, goOnWith } from './restoring.ts';
import { Sent } from './sent.tsx';

const WhatCame = lazily(() => import('./what-came.tsx').then(part => part.WhatCame));

export interface BeforeProperties {
  readonly opened: Exclude<Opened, { kind: 'missing' }>;
  /** Another beginning than the address said. */
  readonly onGo: (opened: Opened) => void;
  readonly onReload: () => void;
}

/** A form that is not open, drafts to choose from, a draft that is gone. */
const InTheWay = ({ opened, onGo, onReload }: BeforeProperties) => {
  const { current } = opened;
  if (current.availability !== 'open')
    return (
      <Unavailable
        form={current}
        hasDraft={opened.kind === 'filling' && opened.opening.start !== undefined}
        onOpen={onReload}
      />
    );
  const begin = () => onGo({ kind: 'filling', current, opening: anew(current) });
  const choose = (candidate: Candidate) => void goOnWith(current, candidate).then(onGo, onReload);
  const goOn = async (kept: DeviceCopy) =>
    onGo({ kind: 'filling', current, opening: await asNew(current, kept) });
  switch (opened.kind) {
    case 'choice':
      return <Choice form={current} candidates={opened.candidates} onChoose={choose} onNew={begin} />;
    case 'gone':
      return (
        <Gone
          form={current}
          draft={opened.draft}
          onNew={begin}
          copy={opened.copy}
          onCopy={kept => void goOn(kept)}
        />
      );
    case 'filling':
      return null;
  }
};

/** What comes before the questions. */
export const Before = (properties: BeforeProperties) => {
  const { opened, onGo } = properties;
  const inTheWay = <InTheWay {...properties} />;
  if (opened.kind !== 'gone') return inTheWay;
  const { current, draft } = opened;
  const again = async () =>
    onGo({
      kind: 'filling',
      current,
      opening: { ...anew(current, await received<Brought>()), draftId: draft },
    });
  return (
    <WhatCame
      form={current}
      draft={draft}
      onAgain={() => void again()}
      ifSent={sent => <Sent sent={sent} form={current} />}
      ifGone={inTheWay}
    />
  );
};
