// In this order what is alike lies together: packed, the script is a hundred and fifty bytes smaller.
import '../../../lambdas/domain/forms/defaults.ts';
import '../../components/form/field.tsx';
import { startSignedIn } from '../../client/start.tsx';
import { FormPage } from './form-page.tsx';
import { open } from './opening.ts';

void startSignedIn((session, first) => <FormPage session={session} first={first} />, {
  first: open,
  carried: fragment => import('./later.ts').then(part => part.openCarried(fragment)),
});
