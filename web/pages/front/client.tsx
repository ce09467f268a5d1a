import { startSignedIn } from '../../client/start.tsx';
import { Front } from './front.tsx';

void startSignedIn(session => <Front session={session} />);
