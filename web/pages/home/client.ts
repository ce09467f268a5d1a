/** What the front page shows and no build knows. */
import { showBulletins } from '../../components/bulletins/show-bulletins.ts';
import { showPopular } from './popular.ts';

void showBulletins();
void showPopular();
