/** OAuth clients of the one user pool, kept on disk with their secrets. */
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

export interface OAuthClient {
  readonly clientId: string;
  readonly name: string;
  readonly secret?: string;
}
export interface Clients {
  create(name: string, withSecret: boolean): OAuthClient;
  put(client: OAuthClient): void;
  find(clientId: string): OAuthClient | undefined;
  /** Those behind `after`, in the order of their ids. */
  page(after: string, limit: number): readonly OAuthClient[];
}

export const openClients = (disk: DatabaseSync): Clients => {
  disk.exec('CREATE TABLE IF NOT EXISTS clients (clientId TEXT PRIMARY KEY, name TEXT NOT NULL, secret TEXT)');
  const insert = disk.prepare('INSERT OR REPLACE INTO clients VALUES (?, ?, ?)');
  const find = disk.prepare('SELECT * FROM clients WHERE clientId = ?');
  const page = disk.prepare('SELECT * FROM clients WHERE clientId > ? ORDER BY clientId LIMIT ?');
  const put = ({ clientId, name, secret }: OAuthClient) => void insert.run(clientId, name, secret ?? null);
  return {
    put,
    create: (name, withSecret) => {
      const client = { clientId: randomBytes(13).toString('hex'), name, ...(withSecret && { secret: randomBytes(32).toString('base64url') }) };
      put(client);
      return client;
    },
    find: (clientId) => {
      const row = find.get(clientId);
      return row && clientOf(row);
    },
    page: (after, limit) => page.all(after, limit).map(clientOf),
  };
};

const clientOf = ({ clientId, name, secret }: Record<string, unknown>): OAuthClient => ({
  clientId: String(clientId),
  name: String(name),
  ...(secret !== null && { secret: String(secret) }),
});
