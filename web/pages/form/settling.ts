/** What a person has chosen between two versions of a draft, carried out. */
import type { Answers } from '../../../lambdas/domain/forms/types.ts';
import type { DraftAnswer } from '../../../lambdas/http/wire/drafts.ts';
import type { Filling } from './use-filling.ts';

export interface Settling {
  /** Goes on with what is on the screen, or with these answers, over what was saved elsewhere. */
  keepMine(theirs: DraftAnswer, answers?: Answers): void;
  /** Takes over what was saved elsewhere. */
  takeTheirs(theirs: DraftAnswer): Promise<void>;
  /** Goes on with these as a draft of its own. */
  goOnApart(answers: Answers): void;
}

/** `reopen`: opens the draft as whoever comes for it now would. */
export const settling = (
  { kept, view, replace }: Pick<Filling, 'kept' | 'view' | 'replace'>,
  reopen: (draft: string) => void,
): Settling => {
  const { keeper } = kept;
  const goOn = (revision: number | undefined) => {
    keeper.resume(revision, true);
    void keeper.flush();
  };
  return {
    keepMine: (theirs, answers) => {
      if (answers) replace(answers);
      goOn(theirs.revision);
    },
    takeTheirs: async theirs => {
      keeper.resume(theirs.revision, false);
      if (theirs.formVersion === view.form.version) return replace(theirs.answers);
      // Answers to another version's questions: this page would drop what it does not ask.
      await keeper.stop();
      reopen(theirs.id);
    },
    goOnApart: answers => {
      // A file still on its way belongs to the draft that is left.
      view.files.setUploads(() => []);
      replace(answers);
      kept.begin(crypto.randomUUID());
      goOn(undefined);
    },
  };
};
