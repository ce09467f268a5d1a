import { useState } from 'preact/hooks';
import { type Status, statuses } from '../../../lambdas/domain/status.ts';
import type { ServiceSummary } from '../../../lambdas/http/wire/services.ts';
import { getCases } from '../../client/api.ts';
import { year } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Choice } from './choice.tsx';
import type fi from './fi.json';
import { type Filters, filtersUsed, type View } from './view.ts';

interface Properties {
  readonly view: View;
  readonly services: readonly ServiceSummary[];
  readonly onChange: (view: View) => void;
}

/** From this year back to that of the folder's first case. */
const useYears = (): readonly string[] => {
  const first = useLoad(() => getCases({ sort: 'date', order: 'asc', limit: 1 }));
  const thisYear = year(Date.now());
  const [oldest] = first.state === 'ready' ? first.value.items : [];
  const count = thisYear - (oldest ? year(oldest.submittedAt) : thisYear) + 1;
  return Array.from({ length: Math.max(1, count) }, (_, back) => String(thisYear - back));
};

const Tick = ({
  name,
  label,
  view,
  onChange,
}: Omit<Properties, 'services'> & { name: 'isNew' | 'waiting'; label: string }) => (
  <div class="hds-checkbox">
    <input
      class="hds-checkbox__input"
      type="checkbox"
      id={name}
      checked={view[name]}
      onChange={event => onChange({ ...view, [name]: event.currentTarget.checked })}
    />
    <label class="hds-checkbox__label" for={name}>
      {label}
    </label>
  </div>
);

const Fields = ({ view, services, onChange }: Properties) => {
  const t = texts<keyof typeof fi | `status.${Status}`>();
  const language = pageLanguage();
  const { compare } = new Intl.Collator(language);
  const known = useYears();
  const years = view.year === '' || known.includes(view.year) ? known : [...known, view.year];
  // A number names one case: who narrows now wants others.
  const change = (filters: Partial<Filters>) =>
    onChange({ ...view, ...filters, ...(view.linked && { linked: false, text: '' }) });
  const named = services
    .filter(({ stored }) => stored)
    .map(({ id, name }) => [id, name[language]] as const)
    .toSorted(([, one], [, other]) => compare(one, other));
  return (
    <div class="folder-filters">
      <Choice
        id="status"
        label={t('filter.status')}
        value={view.status}
        options={[['', t('filter.any')], ...statuses.map(status => [status, t(`status.${status}`)] as const)]}
        onChange={status => change({ status })}
      />
      <Choice
        id="service"
        label={t('filter.service')}
        value={view.service}
        options={[['', t('filter.any')], ...named]}
        onChange={service => change({ service })}
      />
      <Choice
        id="year"
        label={t('filter.year')}
        value={view.year}
        options={[['', t('filter.any')], ...years.map(one => [one, one] as const)]}
        onChange={chosen => change({ year: chosen })}
      />
      <div class="folder-filters__ticks">
        <Tick name="isNew" label={t('filter.new')} view={view} onChange={change} />
        <Tick name="waiting" label={t('filter.waiting')} view={view} onChange={change} />
      </div>
    </div>
  );
};

/** Folded away until somebody narrows: most folders hold a handful of cases. */
export const FolderFilters = (properties: Properties) => {
  const t = texts<keyof typeof fi>();
  const used = filtersUsed(properties.view);
  const [opened, setOpened] = useState(used > 0);
  return (
    <details
      class="accordion folder-search__filters"
      open={opened}
      onToggle={event => setOpened(event.currentTarget.open)}
    >
      <summary>{used === 0 ? t('filter') : t('filter.used', { count: used })}</summary>
      {opened && (
        <div class="accordion__body">
          <Fields {...properties} />
        </div>
      )}
    </details>
  );
};
