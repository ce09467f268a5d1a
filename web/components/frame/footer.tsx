import type { Language } from '../../../lambdas/domain/language.ts';
import type { PageContext } from '../../page.ts';
import { Icon } from '../icon/icon.tsx';
import type { FrameTranslator } from './frame-texts.ts';

interface Props {
  readonly context: PageContext;
  readonly t: FrameTranslator;
}

/** 2024-01-01 was a Monday. */
const weekdayName = (weekday: number, language: Language): string =>
  new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, weekday));

/** `ma–pe`, `må–fr`, `Mon–Fri`; where days between are missing, `ma, ke, to`. */
const weekdays = (days: readonly number[], language: Language): string => {
  const [first = 1, last = first] = [days[0], days.at(-1)];
  const names = days.map(day => weekdayName(day, language));
  const unbroken = days.length > 2 && last - first === days.length - 1;
  return unbroken ? `${names[0]}–${names.at(-1)}` : names.join(', ');
};

/** `08:00` → `8`, `16:15` → `16.15`. */
const clock = (time: string): string => {
  const [hours, minutes] = time.split(':');
  return minutes === '00' ? String(Number(hours)) : `${Number(hours)}.${minutes}`;
};

export const phoneLink = (phone: string): string =>
  `tel:${phone.replace(/[^+\d]/g, '').replace(/^0/, '+358')}`;

const Helpline = ({ context, t }: Props) => {
  const { helpline } = context.site;
  const { weekdays: days, opens, closes, closedOnHolidays } = helpline.hours;
  return (
    <section class="helpline" aria-labelledby="helpline">
      <h2 id="helpline">{helpline.name[context.language]}</h2>
      <p class="helpline__phone">
        <Icon name="phone" />
        <a href={phoneLink(helpline.phone)}>{helpline.phone}</a>
      </p>
      <p>
        {t('helplineHours', {
          days: weekdays(days, context.language),
          opens: clock(opens),
          closes: clock(closes),
        })}
        {closedOnHolidays && `, ${t('helplineHolidays')}`}{' '}
        <span
          class="badge open-now"
          hidden
          data-hours={JSON.stringify(helpline.hours)}
          data-time-zone={context.site.city.timeZone}
          data-open={t('helplineOpen')}
          data-closed={t('helplineClosed')}
        />
      </p>
      <p>
        {t('helplineNoHearing')} <a href={`mailto:${helpline.email}`}>{helpline.email}</a>
        {helpline.textMessage && (
          <>
            {' · '}
            <a href={phoneLink(helpline.textMessage).replace('tel:', 'sms:')}>
              {t('helplineText')} {helpline.textMessage}
            </a>
          </>
        )}
      </p>
    </section>
  );
};

const links = ['help', 'howItWorks', 'security', 'privacy', 'accessibility'] as const;

export const Footer = ({ context, t }: Props) => (
  <footer class="footer">
    <div class="container footer__row">
      <Helpline context={context} t={t} />
      <nav class="footer__links" aria-labelledby="footer-links">
        <h2 id="footer-links">{t('footer')}</h2>
        <ul>
          {links.map(page => (
            <li key={page}>
              <a href={context.url(page)}>{t(page)}</a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
    <div class="container footer__end">
      <p>{t('copyright', { city: context.site.city.name[context.language] })}</p>
      <p>{t('always')}</p>
    </div>
  </footer>
);
