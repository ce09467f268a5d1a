import { PageHeader } from '../page-header/page-header.tsx';
import { AppShell } from './app-shell.tsx';

/** A signed-in page as it stands before its script: named, and with the place where the script draws. */
export const AppPage = ({ title, lead }: { readonly title: string; readonly lead: string }) => (
  <div class="container page">
    <PageHeader title={title} lead={lead} />
    <AppShell />
  </div>
);
