/** One message as it reached a person, in the shape `npm run mailbox -- --json` prints. */
export interface DeliveredMessage {
  readonly channel: 'email' | 'sms';
  readonly to: string;
  /** E-mails only. */
  readonly subject?: string;
  readonly text: string;
  /** ISO 8601, UTC, by the portal's clock. */
  readonly at: string;
}
