import type { ComponentChildren } from 'preact';

interface Properties {
  readonly kind: 'info' | 'success' | 'alert' | 'error';
  readonly title?: string;
  readonly children?: ComponentChildren;
}

const classes = {
  info: 'hds-notification',
  success: 'hds-notification hds-notification--success',
  alert: 'hds-notification hds-notification--alert',
  error: 'hds-notification hds-notification--error',
} as const;

/** A message in the page's flow. What must be heard at once is announced by its owner, not by a role here. */
export const Notice = ({ kind, title, children }: Properties) => (
  <div class={classes[kind]}>
    <div class="hds-notification__content">
      {title && <p class="hds-notification__label">{title}</p>}
      {children && <div class="hds-notification__body">{children}</div>}
    </div>
  </div>
);
