import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a stage was told to use is somebody else's: says which, so that a command can name its own option for it. */
export class Unavailable extends Error {
  readonly what: 'port' | 'folder';
  constructor(what: 'port' | 'folder', message: string) {
    super(message);
    this.what = what;
  }
}

export const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listen(server);
  await close(server);
  return port;
};

/** At the port asked for, or any that is free. @throws Unavailable where it is in use */
export const listen = (server: Server, port = 0): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Unavailable('port', `Port ${port} is in use. Stop what holds it, or choose another port.`) : error),
    );
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
