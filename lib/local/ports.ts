import { type AddressInfo, createServer } from 'node:net';

const tryToListen = (port: number, host: string): Promise<boolean> =>
  new Promise(resolve => {
    const server = createServer();
    // An address this machine does not have (no IPv6) is not taken either.
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code !== 'EADDRINUSE' && code !== 'EACCES'),
    );
    server.listen(port, host, () => server.close(() => resolve(true)));
  });

/** Whether one could listen on the port, on each of these addresses. */
export const isFree = async (port: number, ...hosts: string[]): Promise<boolean> => {
  for (const host of hosts.length > 0 ? hosts : ['127.0.0.1'])
    if (!(await tryToListen(port, host))) return false;
  return true;
};

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
