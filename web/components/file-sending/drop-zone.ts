/** Files dragged onto a place for them. Fetched once the page has shown itself: a phone has nothing to drag with. */

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

interface Zone {
  readonly element: HTMLElement;
  readonly onFiles: (files: readonly File[]) => void;
  /** Whether files are being held over it; told once to begin with. */
  readonly onOver: (isOver: boolean) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Anywhere else on the page a dropped file does nothing: it would take the page away, with everything typed on it. */
export const acceptDrops = ({ element, onFiles, onOver, signal }: Zone): void => {
  // Entering a child comes before leaving its parent: only the count tells when the pointer is out.
  let depth = 0;
  const enter = (by: number): void => {
    depth = Math.max(0, depth + by);
    onOver(depth > 0);
  };
  const on = (target: EventTarget, name: string, act: (event: DragEvent) => void): void =>
    target.addEventListener(
      name,
      event => {
        if (holdsFiles(event as DragEvent)) act(event as DragEvent);
      },
      { signal },
    );
  on(element, 'dragenter', event => {
    event.preventDefault();
    enter(1);
  });
  on(element, 'dragleave', () => enter(-1));
  on(element, 'drop', event => {
    enter(-depth);
    onFiles([...(event.dataTransfer?.files ?? [])]);
  });
  for (const name of ['dragover', 'drop']) on(window, name, event => event.preventDefault());
  onOver(false);
};
