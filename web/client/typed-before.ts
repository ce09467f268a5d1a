/** What was done on a page before its script was there: it goes on in the script's own fields, which look the same. */

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const controlsIn = 'input, select, textarea';

let giveBackNow = (): void => {};

const isTicked = (control: Element): control is HTMLInputElement =>
  control instanceof HTMLInputElement && /radio|checkbox/.test(control.type);

const isFile = (control: Element): control is HTMLInputElement =>
  control instanceof HTMLInputElement && control.type === 'file';

const tell = (control: Control): void => {
  for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
};

const fill = (control: Control, value: string): void => {
  if (control.value === value) return;
  control.value = value;
  tell(control);
};

/** A camera or a list of files that was opened before answers the box it was opened from, which is gone by then. */
const handOver = (old: HTMLInputElement): void => {
  const give = (): void => {
    const control = document.getElementById(old.id) as HTMLInputElement | null;
    if (!control || !old.files?.length) return;
    control.files = old.files;
    tell(control);
  };
  give();
  old.addEventListener('change', give);
};

/** Buttons that say the same: what is given back may bring others before them. */
const alike = (root: Element, one: HTMLButtonElement): readonly HTMLButtonElement[] =>
  [...root.querySelectorAll('button')].filter(
    ({ type, textContent }) => type === one.type && textContent === one.textContent,
  );

/** To be called before the fields are replaced. */
export const keepTyped = (root: Element): void => {
  const done = [...root.querySelectorAll<Control>(controlsIn)].map(control => ({
    old: control,
    id: control.id,
    value: control.value,
    isChecked: isTicked(control) && control.checked,
  }));
  const active = document.activeElement;
  const focus = root.contains(active) ? active?.id : undefined;
  const pressed = [...root.querySelectorAll<HTMLButtonElement>('button.pressed')].at(-1);
  const among = pressed ? alike(root, pressed).indexOf(pressed) : -1;
  giveBackNow = () => {
    for (const { old, id, value, isChecked } of done) {
      const control = document.getElementById(id) as Control | null;
      if (!control) continue;
      if (isFile(old)) handOver(old);
      else if (!isTicked(control)) fill(control, value);
      // What was ticked to begin with may have been unticked; of a choice the other one is ticked.
      else if (isChecked !== control.checked && (isChecked || control.type === 'checkbox')) control.click();
    }
    if (focus) document.getElementById(focus)?.focus();
    // Once what was typed has arrived.
    if (pressed) setTimeout(() => alike(root, pressed)[among]?.click());
  };
};

/** To be called once the same fields are there again; gives back once. */
export const giveBackTyped = (): void => {
  giveBackNow();
  giveBackNow = () => {};
};
