/** What this page knows of unsaved work, for the frame's *Kirjaudu ulos* to ask before it is lost. */
interface Here {
  /** Something has been typed here that is neither on the server nor on this device. */
  isOnlyHere: () => boolean;
  /** Sends to the server what has not been sent yet; whether all of it is there now. */
  save: () => Promise<boolean>;
  /** The person has signed out: nothing of theirs may be left behind from now on. */
  hasSignedOut: boolean;
}

export const here: Here = { isOnlyHere: () => false, save: async () => true, hasSignedOut: false };
