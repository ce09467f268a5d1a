import type { ComponentChildren } from 'preact';

/** Where a page's client script draws; until it has, the page says that it is busy. Children give way to the script's. */
export const AppShell = ({ children }: { children?: ComponentChildren }) => (
  <div id="app" aria-busy="true">
    {children}
    <div class="spinner" aria-hidden="true" />
  </div>
);
