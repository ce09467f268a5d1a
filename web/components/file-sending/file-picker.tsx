import { useEffect, useRef, useState } from 'preact/hooks';
import { fileExtensions } from '../../../lambdas/domain/file-kinds.ts';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../frame/page-texts.ts';
import { Icon } from '../icon/icon.tsx';
import type fi from './fi.json';
import { kilobytes } from './file-size.ts';
import type { Sendable, Sender } from './sending.ts';

type Key = keyof typeof fi;

/** With every kind of picture, so that a phone offers its camera and its gallery; the server judges. */
const acceptOf = (extensions: readonly string[]): string => {
  const named = extensions.map(extension => `.${extension}`);
  return [...named, ...(extensions.length === fileExtensions.length ? ['image/*'] : [])].join();
};

/** Until what takes dropped files is there, and where it does not come, they are chosen. */
const useDrops = (take: (files: readonly File[]) => void) => {
  /** Undefined until files can be dropped. */
  const [isOver, setOver] = useState<boolean>();
  const zone = useRef<HTMLDivElement>(null);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const ends = new AbortController();
    const { current: element } = zone;
    const { signal } = ends;
    import('./drop-zone.ts').then(
      part =>
        element &&
        part.acceptDrops({ element, onFiles: files => latest.current(files), onOver: setOver, signal }),
      () => {},
    );
    return () => ends.abort();
  }, []);
  return { isOver, zone };
};

/** What must be known of a sender before there is anything to send. */
export type Ground = Pick<Sender, 'pointer' | 'maximumBytes' | 'extensions' | 'setUploads'>;

interface PickerProperties {
  readonly id: string;
  readonly sender: Ground;
  /** Sends them. Rejects where it cannot even begin. */
  readonly onTaken: (uploads: readonly Sendable[]) => Promise<void>;
  /** Files that can still be added, and files there can be in all. */
  readonly room: number;
  readonly most: number;
  /** Of the control itself: what describes it, whether it is wrong. */
  readonly state?: Readonly<Record<'aria-describedby' | 'aria-invalid', string | undefined>>;
}

/**
 * Of more files than there is room for, the first are taken; each of the rest stays in the list with the reason, until
 * somebody takes it away. All are shown at once, as on their way; what sends them may have to be fetched, and where it
 * does not come they can be tried again.
 */
const addFiles = ({ sender, room, onTaken }: PickerProperties, files: readonly File[]): void => {
  const t = texts<Key>();
  const all: readonly Sendable[] = files.map((file, index) => ({
    key: crypto.randomUUID(),
    pointer: sender.pointer,
    file,
    name: file.name,
    size: file.size,
    ...(index >= room && { failure: t('files.tooMany'), isUnfit: true }),
  }));
  sender.setUploads(before => [...before, ...all]);
  const taken = all.filter(({ isUnfit }) => !isUnfit);
  if (taken.length > 1) announce(t('files.started', { count: taken.length }));
  const failure = t('files.failed');
  if (taken.length > 0)
    void onTaken(taken).catch(() =>
      sender.setUploads(now =>
        now.map(one => (taken.some(({ key }) => key === one.key) ? { ...one, failure } : one)),
      ),
    );
};

interface InputProperties {
  readonly id: string;
  readonly text: Key;
  readonly icon: 'paperclip' | 'plus';
  readonly take: (files: readonly File[]) => void;
  readonly input: Readonly<Record<string, string | boolean | undefined>>;
}

/** The browser's own button speaks the browser's language; its label speaks the page's and is pressed instead. */
const FileInput = ({ text, icon, take, id, input }: InputProperties) => (
  <span class={`file-picker__way file-picker__way--${icon === 'plus' ? 'camera' : 'files'}`}>
    <input
      {...input}
      id={id}
      class="visually-hidden file-picker__input"
      type="file"
      onChange={event => {
        const { files } = event.currentTarget;
        take([...(files ?? [])]);
        event.currentTarget.value = '';
      }}
    />
    <label class="hds-button hds-button--secondary file-picker__button" for={id}>
      <Icon name={icon} />
      {texts<Key>()(text)}
    </label>
  </span>
);

/** Attachments: chosen, dropped or photographed. What is taken is said before one chooses. */
export const FilePicker = (properties: PickerProperties) => {
  const { id, sender, room, most, state } = properties;
  const t = texts<Key>();
  const take = (files: readonly File[]) => addFiles(properties, files);
  const { isOver, zone } = useDrops(take);
  const { extensions, maximumBytes } = sender;
  const isFull = room <= 0;
  const described = [state?.['aria-describedby'], `${id}-limits`].filter(Boolean).join(' ');
  const takesPhotographs = extensions.includes('jpg');
  return (
    <div class={`file-picker ${isOver ? 'file-picker--over' : ''}`} ref={zone}>
      <FileInput
        id={id}
        text={most > 1 ? 'files.chooseMany' : 'files.choose'}
        icon="paperclip"
        take={take}
        input={{
          ...state,
          accept: acceptOf(extensions),
          multiple: most > 1,
          disabled: isFull,
          'aria-describedby': described,
        }}
      />
      {takesPhotographs && (
        <FileInput
          id={`${id}-camera`}
          text="files.photograph"
          icon="plus"
          take={take}
          input={{ accept: 'image/*', capture: 'environment', disabled: isFull }}
        />
      )}
      <p
        class={`file-picker__drop ${isOver === undefined ? 'file-picker__drop--soon' : ''}`}
        aria-hidden="true"
      >
        {t('files.drop')}
      </p>
      <p class="field__hint" id={`${id}-limits`}>
        {t(most > 1 ? 'files.limits' : 'files.limit', {
          count: most,
          megabytes: kilobytes(maximumBytes, pageLanguage()),
        })}{' '}
        {extensions.length === fileExtensions.length
          ? t('files.kinds')
          : t('files.someKinds', { kinds: extensions.join(', ') })}
      </p>
    </div>
  );
};
