import { startSignedIn } from '../../client/start.tsx';
import { FormPage } from './form-page.tsx';

void startSignedIn(session => <FormPage session={session} />, {
  carried: fragment => import('./later.ts').then(part => part.openCarried(fragment)),
});
