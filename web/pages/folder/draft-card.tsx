import type { ComponentChildren } from 'preact';
import { amendmentOf } from '../../../lambdas/domain/amendment.ts';
import { texts } from '../../client/texts.ts';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { Icon } from '../../components/icon/icon.tsx';
import type fi from './fi.json';

interface CardProperties {
  readonly draft: string;
  readonly name: string;
  /** Where it is kept. */
  readonly status: string;
  /** When it was saved, and how long it stays. */
  readonly children: ComponentChildren;
  /** Where it goes on. */
  readonly href: string;
  readonly onDelete: () => void;
}

/** A form that has not been sent: whose it is, how old, and what can be done with it. */
export const DraftCard = ({ draft, name, status, children, href, onDelete }: CardProperties) => {
  const t = texts<keyof typeof fi>();
  const heading = `draft-${draft}`;
  const amends = amendmentOf(draft);
  return (
    <li class="card draft">
      <h3 id={heading}>{name}</h3>
      <p>
        <span class="status status--draft">{status}</span>{' '}
        {amends && t('draft.amends', { number: amends.caseNumber })}
      </p>
      <p class="muted">{children}</p>
      <div class="actions">
        <a class="hds-button hds-button--primary hds-button--small" href={href} aria-describedby={heading}>
          {t('draft.continue')}
        </a>
        <button
          type="button"
          class="hds-button hds-button--supplementary hds-button--small"
          aria-describedby={heading}
          onClick={onDelete}
        >
          <Icon name="trash" />
          {t('draft.delete')}
        </button>
      </div>
    </li>
  );
};

interface ConfirmProperties {
  readonly name: string;
  readonly onDelete: () => void;
  readonly onKeep: () => void;
  /** What went wrong. */
  readonly children?: ComponentChildren;
}

/** Deleting asks: what was written is nowhere else. */
export const ConfirmDeletion = ({ name, onDelete, onKeep, children }: ConfirmProperties) => {
  const t = texts<keyof typeof fi>();
  return (
    <Dialog
      title={t('draft.confirm')}
      onDismiss={onKeep}
      actions={
        <>
          <button type="button" class="hds-button hds-button--danger" onClick={onDelete}>
            {t('draft.confirm.delete')}
          </button>
          <button type="button" class="hds-button hds-button--secondary" onClick={onKeep}>
            {t('draft.confirm.keep')}
          </button>
        </>
      }
    >
      <p>{t('draft.confirm.text', { name })}</p>
      {children}
    </Dialog>
  );
};
