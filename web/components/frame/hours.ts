import type { Hours } from '../../page.ts';
import { isOpen } from './open-now.ts';

/** Says beside the helpline's hours whether it answers now (R1.5). */
export const showHours = (): void => {
  for (const badge of document.querySelectorAll<HTMLElement>('[data-hours]')) {
    const open = isOpen(
      JSON.parse(badge.dataset.hours ?? '') as Hours,
      badge.dataset.timeZone ?? '',
      new Date(),
    );
    badge.textContent = (open ? badge.dataset.open : badge.dataset.closed) ?? '';
    badge.classList.toggle('open-now--open', open);
    badge.hidden = false;
  }
};
