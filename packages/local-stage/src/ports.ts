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

/** The port asked for, or any that is free. @throws a sentence that says whose port is in use */
export const freePort = async (whose: string, port = 0): Promise<number> => {
  const server = createServer();
  const got = await listen(server, whose, port);
  await new Promise((resolve) => server.close(resolve));
  return got;
};

export const listen = (server: Server, whose: string, port = 0): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Unavailable('port', `${whose} can not have port ${port}: it is in use. Stop what holds it, or choose another port.`)
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
