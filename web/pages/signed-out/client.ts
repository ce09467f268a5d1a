/** Says why the session ended; and whatever ended it, the frame shows nobody as signed in. */
import { showReason } from '../../components/frame/reason.ts';
import { keepReturn } from '../../components/frame/return-path.ts';

showReason();
keepReturn();
document.documentElement.classList.remove('signed-in');
