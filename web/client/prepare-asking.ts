/** What asks before signing out must be here already when the network is not. For pages that have something to lose. */
export const prepareAsking = (): void =>
  void import('../components/frame/unsent-dialog.ts').catch(() => undefined);
