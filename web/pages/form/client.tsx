import { startSignedIn } from '../../client/start.tsx';
import { FormPage } from './form-page.tsx';

void startSignedIn(session => <FormPage session={session} />);
