import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../frame/page-texts.ts';
import { Icon, type IconName } from '../icon/icon.tsx';
import type fi from './fi.json';
import { kilobytes } from './file-size.ts';
import type { FileState } from './file-states.ts';

type Key = keyof typeof fi;

const icons: Readonly<Record<FileState['state'], IconName>> = {
  uploaded: 'clock',
  checked: 'check',
  received: 'check-circle-fill',
  refused: 'error-fill',
};

/** *Ladattu, Tarkistettu, Vastaanotettu*; of one that was taken away, why. */
export const FileStateText = ({ state, why }: FileState) => {
  const t = texts<Key>();
  return (
    <span class={`file-state file-state--${state}`}>
      <Icon name={icons[state]} />
      {t(state === 'refused' ? `files.refused.${why ?? 'unreadable'}` : `files.state.${state}`)}
    </span>
  );
};

interface ButtonProperties {
  readonly text: Key;
  readonly name: string;
  readonly onPress: () => void;
  readonly isQuiet?: boolean;
}

export const FileButton = ({ text, name, onPress, isQuiet = true }: ButtonProperties) => (
  <button
    type="button"
    class={`hds-button hds-button--small hds-button--${isQuiet ? 'supplementary' : 'secondary'}`}
    onClick={onPress}
  >
    {text === 'files.remove' && <Icon name="trash" />}
    {texts<Key>()(text)}
    <span class="visually-hidden">: {name}</span>
  </button>
);

export const Name = ({ name, size }: Pick<Listed, 'name' | 'size'>) => (
  <span class="file-list__name">
    <Icon name="paperclip" />
    <span>
      {name} <span class="muted">({kilobytes(size, pageLanguage())})</span>
    </span>
  </span>
);

export interface Listed {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly custody: FileState;
  /** Absent where it cannot be taken back. */
  readonly onRemove?: () => void;
}

export const FileLine = ({ name, size, custody, onRemove }: Listed) => (
  <li>
    <Name name={name} size={size} />
    <FileStateText {...custody} />
    {onRemove && (
      <span class="file-list__acts">
        <FileButton text="files.remove" name={name} onPress={onRemove} />
      </span>
    )}
  </li>
);
