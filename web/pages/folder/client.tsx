import { startSignedIn } from '../../client/start.tsx';
import { Folder } from './folder.tsx';

void startSignedIn(session => <Folder session={session} />);
