/** Icons the stylesheet carries; add the file's import in `web/styles/icons.css` when one is missing. */
export type IconName =
  | 'alert-circle-fill'
  | 'angle-down'
  | 'angle-right'
  | 'arrow-left'
  | 'arrow-right'
  | 'check'
  | 'check-circle-fill'
  | 'clock'
  | 'cross'
  | 'document'
  | 'envelope'
  | 'error-fill'
  | 'folder'
  | 'info-circle-fill'
  | 'key'
  | 'link-external'
  | 'location'
  | 'lock'
  | 'menu-hamburger'
  | 'paperclip'
  | 'phone'
  | 'plus'
  | 'search'
  | 'signin'
  | 'signout'
  | 'speechbubble-text'
  | 'trash'
  | 'user';

interface Props {
  readonly name: IconName;
  readonly size?: 'xs' | 's' | 'm' | 'l';
}

/** Decoration beside a text: hidden from assistive technology, which reads the text. */
export const Icon = ({ name, size = 's' }: Props) => (
  <span class={`hds-icon hds-icon--${name} hds-icon--size-${size}`} aria-hidden="true" />
);
