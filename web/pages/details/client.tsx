import { startSignedIn } from '../../client/start.tsx';
import { Details } from './details.tsx';

void startSignedIn(session => <Details session={session} />);
