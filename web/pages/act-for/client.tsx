import { startSignedIn } from '../../client/start.tsx';
import { ActFor } from './act-for.tsx';

void startSignedIn(() => <ActFor />, { unregistered: true, mandateLost: true });
