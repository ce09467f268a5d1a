/** The call itself cannot be understood; `message` says in one line what it lacks. */
export class UsageError extends Error {}
