/** What was done on a page before its script was there: it goes on in the script's own fields, which look the same. */

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const controlsIn = 'input, select, textarea';

let giveBackNow = (): void => {};

const isTicked = (control: Element): control is HTMLInputElement =>
  control instanceof HTMLInputElement && /radio|checkbox/.test(control.type);

const isFile = (control: Element): control is HTMLInputElement =>
  control instanceof HTMLInputElement && control.type === 'file';

/** A box for files takes no text, but what another box was given. */
const fill = (control: Control, value: string, files: FileList | null): void => {
  if (isFile(control) ? !files?.length : control.value === value) return;
  if (isFile(control)) control.files = files;
  else control.value = value;
  for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
};

/** Buttons that say the same: what is given back may bring others before them. */
const alike = (root: Element, one: HTMLButtonElement): readonly HTMLButtonElement[] =>
  [...root.querySelectorAll('button')].filter(
    ({ type, textContent }) => type === one.type && textContent === one.textContent,
  );

/** To be called before the fields are replaced. */
export const keepTyped = (root: Element): void => {
  const done = [...root.querySelectorAll<Control>(controlsIn)].map(control => ({
    id: control.id,
    value: control.value,
    isChecked: isTicked(control) && control.checked,
    files: isFile(control) ? control.files : null,
  }));
  const active = document.activeElement;
  const focus = root.contains(active) ? active?.id : undefined;
  const pressed = [...root.querySelectorAll<HTMLButtonElement>('button.pressed')].at(-1);
  const among = pressed ? alike(root, pressed).indexOf(pressed) : -1;
  giveBackNow = () => {
    for (const { id, value, isChecked, files } of done) {
      const control = document.getElementById(id) as Control | null;
      if (!control) continue;
      if (!isTicked(control)) fill(control, value, files);
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
