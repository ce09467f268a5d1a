import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../frame/page-texts.ts';
import type fi from './fi.json';

const addressOf = (caseNumber: string, more: Record<string, string> = {}): string =>
  `/api/cases/${encodeURIComponent(caseNumber)}/receipt?${new URLSearchParams({ language: pageLanguage(), ...more })}`;

/** The receipt to print, and the same as a file (R6.4). Texts: `receiptTexts`. */
export const ReceiptLinks = ({ caseNumber, stored = true }: { caseNumber: string; stored?: boolean }) => {
  const t = texts<keyof typeof fi>();
  return (
    <>
      <p>{t(stored ? 'receipt.text' : 'receipt.noAnswers')}</p>
      <p class="actions">
        <a
          class="hds-button hds-button--secondary hds-button--small"
          href={addressOf(caseNumber)}
          target="_blank"
          rel="noopener"
        >
          {t('receipt.open')} <span class="visually-hidden">{t('receipt.newTab')}</span>
        </a>
        <a
          class="hds-button hds-button--supplementary hds-button--small"
          href={addressOf(caseNumber, { download: '1' })}
          download
        >
          {t('receipt.download')}
        </a>
      </p>
    </>
  );
};
