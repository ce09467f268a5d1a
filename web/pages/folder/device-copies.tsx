import { useEffect, useState } from 'preact/hooks';
import type { Translated } from '../../../lambdas/domain/language.ts';
import { call } from '../../client/api.ts';
import { copiesLeft } from '../../client/copies-on-device.ts';
import { age, dayAndClock, iso } from '../../client/dates.ts';
import { focusById } from '../../client/focus.ts';
import { announce } from '../../client/live.ts';
import { type DeviceCopy, nameOfCopy, removeFromDevice } from '../../client/on-device.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { pageUrl } from '../../urls.ts';
import { ConfirmDeletion, DraftCard } from './draft-card.tsx';
import type fi from './fi.json';

interface Properties {
  /** Ids of the drafts that are on the server. */
  readonly known: readonly string[];
  /** There may be more of them than `known`. */
  readonly hasMore: boolean;
  readonly onFound: (count: number) => void;
}

type Titles = Readonly<Record<string, string>>;

/** A form that is gone has no title; its draft is still somebody's. */
const titlesOf = async (forms: readonly string[]): Promise<Titles> => {
  const titled = forms.map(async id => {
    const form = await call<{ readonly title: Translated }>(`forms/${encodeURIComponent(id)}`).catch(
      () => undefined,
    );
    return [id, form?.title[pageLanguage()] ?? ''] as const;
  });
  return Object.fromEntries(await Promise.all(titled));
};

const useCopies = () => {
  const [copies, setCopies] = useState<readonly DeviceCopy[]>([]);
  const [titles, setTitles] = useState<Titles>({});
  useEffect(() => {
    const load = async () => {
      const found = await copiesLeft().catch(() => []);
      setTitles(await titlesOf([...new Set(found.map(({ form }) => form))]));
      setCopies(found);
    };
    void load();
  }, []);
  return { copies, setCopies, titles };
};

/** A form finds a copy that was never saved by itself; one that was leads back to its draft. */
const addressOf = ({ form, draft, revision }: DeviceCopy): string =>
  pageUrl(pageLanguage(), 'form', form) +
  (revision === undefined ? '' : `?draft=${encodeURIComponent(draft)}`);

const CopyItem = ({ copy, name, onDelete }: { copy: DeviceCopy; name: string; onDelete: () => void }) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  return (
    <DraftCard
      draft={copy.draft}
      name={name}
      status={t('draft.device')}
      href={addressOf(copy)}
      onDelete={onDelete}
    >
      <time dateTime={iso(copy.at)} title={dayAndClock(copy.at, language)}>
        {age(copy.at, Date.now(), language)}
      </time>
      . {t('draft.device.text')}
    </DraftCard>
  );
};

/** Drafts that a window without a connection has left in this browser, and no server has: *tallennettu vain tälle laitteelle*. */
export const DeviceCopies = ({ known, hasMore, onFound }: Properties) => {
  const t = texts<keyof typeof fi>();
  const { copies, setCopies, titles } = useCopies();
  const [leaving, setLeaving] = useState<DeviceCopy>();
  const [gone, setGone] = useState<string>();
  // Of a draft that may still be among those not fetched yet nothing is said.
  const here = copies.filter(
    ({ draft, revision }) => !known.includes(draft) && (revision === undefined || !hasMore),
  );
  useEffect(() => onFound(here.length), [here.length]);
  // Only once the dialog has closed can focus go anywhere else.
  useEffect(() => {
    if (gone) focusById('drafts');
  }, [gone]);
  if (here.length === 0) return null;
  const nameOf = ({ form }: DeviceCopy) => titles[form] || t('draft');
  const remove = async (copy: DeviceCopy) => {
    await removeFromDevice(copy).catch(() => undefined);
    setLeaving(undefined);
    setCopies(copies.filter(one => one !== copy));
    setGone(nameOfCopy(copy));
    announce(t('draft.deleted', { name: nameOf(copy) }));
  };
  return (
    <>
      <ul class="card-grid">
        {here.map(copy => (
          <CopyItem
            key={nameOfCopy(copy)}
            copy={copy}
            name={nameOf(copy)}
            onDelete={() => setLeaving(copy)}
          />
        ))}
      </ul>
      {leaving && (
        <ConfirmDeletion
          name={nameOf(leaving)}
          onDelete={() => void remove(leaving)}
          onKeep={() => setLeaving(undefined)}
        />
      )}
    </>
  );
};
