/** Why the portal cannot start: for the person at the terminal, who needs no stack trace. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
