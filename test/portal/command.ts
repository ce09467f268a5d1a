/** The portal's commands, run as a person would, against the portal under test. */
import { spawn } from 'node:child_process';
import type { PortalPlace } from './portal.ts';

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const command = (place: PortalPlace, script: string, ...args: string[]): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`bin/${script}.ts`, ...args], {
      env: { ...process.env, PORT: String(place.port), PORTAL_DATA: place.data },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', chunk => {
      stdout += chunk;
    });
    child.stderr.on('data', chunk => {
      stderr += chunk;
    });
    child.once('error', reject);
    child.once('exit', status => resolve({ status, stdout, stderr }));
  });

/** The same with `--json`, parsed; throws with what the command said when it failed. */
export const commandJson = async <Answer>(
  place: PortalPlace,
  script: string,
  ...args: string[]
): Promise<Answer> => {
  const ran = await command(place, script, ...args, '--json');
  if (ran.status !== 0)
    throw new Error(`${script} ${args.join(' ')} ended with ${ran.status}: ${ran.stderr}${ran.stdout}`);
  return JSON.parse(ran.stdout) as Answer;
};

export interface Delivered {
  readonly channel: 'email' | 'sms';
  readonly to: string;
  readonly subject?: string;
  readonly text: string;
  readonly at: string;
}

export const mailbox = (place: PortalPlace): Promise<Delivered[]> => commandJson(place, 'mailbox');
