import type { SignedIn } from '../../client/session.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Icon } from '../../components/icon/icon.tsx';
import { consentVersion } from '../../content/consent/version.ts';
import { pageUrl } from '../../urls.ts';
import type { RegisterText } from './register-text.ts';

/** What is stored, why, and where the privacy notice is: read before agreeing (R4.1). */
export const Consent = ({ session }: { session: SignedIn }) => {
  const t = texts<RegisterText>();
  const { organisation } = session;
  return (
    <section class="panel prose" aria-labelledby="consent-title">
      <h2 id="consent-title">{t('consent.title')}</h2>
      <p>
        {organisation
          ? t('identified.organisation', { name: session.name, organisation: organisation.name })
          : t('identified', { name: session.name })}
      </p>
      <h3>{t('consent.what')}</h3>
      <ul>
        <li>{t(organisation ? 'consent.what.identity.organisation' : 'consent.what.identity')}</li>
        <li>{t('consent.what.contact')}</li>
        <li>{t('consent.what.matters')}</li>
      </ul>
      <h3>{t('consent.why')}</h3>
      <p>{t('consent.why.text')}</p>
      <h3>{t('consent.rights')}</h3>
      <p>
        {t('consent.rights.text')} <a href={pageUrl(pageLanguage(), 'privacy')}>{t('consent.notice')}</a>
      </p>
      <p class="muted">{t('consent.version', { version: consentVersion })}</p>
    </section>
  );
};

interface BoxProperties {
  readonly organisation: boolean;
  readonly checked: boolean;
  readonly missing: boolean;
  readonly onChange: (checked: boolean) => void;
}

export const ConsentBox = ({ organisation, checked, missing, onChange }: BoxProperties) => {
  const t = texts<RegisterText>();
  return (
    <div class={`field ${missing ? 'field--invalid' : ''}`}>
      <div class="hds-checkbox">
        <input
          type="checkbox"
          id="consent"
          class="hds-checkbox__input"
          required
          checked={checked}
          aria-invalid={missing ? 'true' : undefined}
          aria-describedby={missing ? 'consent-error' : undefined}
          onChange={event => onChange(event.currentTarget.checked)}
        />
        <label class="hds-checkbox__label" for="consent">
          {t(organisation ? 'consent.agree.organisation' : 'consent.agree')}
          <span class="required" aria-hidden="true">
            *
          </span>
        </label>
      </div>
      {missing && (
        <p class="field__error" id="consent-error">
          <Icon name="error-fill" />
          {t('consent.missing')}
        </p>
      )}
    </div>
  );
};
