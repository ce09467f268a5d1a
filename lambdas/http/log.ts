/** One line a request, and nothing a person could be told by: no query, cookie, body, header or error message. */
export interface LogLine {
  /** ISO 8601. */
  readonly at: string;
  readonly level: 'info' | 'warn' | 'error';
  /** As API Gateway names it, `GET /api/drafts/{id}`: the pattern, not what was asked for. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly requestId: string;
  /** Kind of the refusal. */
  readonly problem?: string;
  /** Name of an error nobody foresaw and where in our code: its message may quote what a person wrote. */
  readonly fault?: { readonly name: string; readonly where: readonly string[] };
}

export type Log = (line: LogLine) => void;

export const log: Log = line => console.log(JSON.stringify(line));

export const levelOf = (status: number): LogLine['level'] => {
  if (status >= 500) return 'error';
  return status >= 400 ? 'warn' : 'info';
};

const isFrame = (line: string): boolean => /^\s+at /.test(line);

/** An error without its message and its `cause`. */
export const faultOf = (error: unknown): NonNullable<LogLine['fault']> =>
  error instanceof Error
    ? {
        name: error.name,
        where: (error.stack ?? '')
          .split('\n')
          .filter(isFrame)
          .slice(0, 5)
          .map(line => line.trim()),
      }
    : { name: typeof error, where: [] };
