/** The folder of a stage: one stage at a time, and never what is somebody else's. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Unavailable } from './ports.ts';

export interface Folder {
  readonly disk: string;
  readonly dynamodb: string;
  readonly log: string;
  /** Deletes what a stage made here, and nothing else. */
  clear(): void;
  /** Writes down where the stage is reached, for whoever finds the folder taken. */
  servesAt(url: string): void;
  release(): void;
}

const SQLITE_BUSY = 5;
const LOCK = 'stage.lock';
const OWNER = 'stage.json';
const [DISK, DYNAMODB, LOG] = ['stage.sqlite', 'dynamodb', 'log.ndjson'];
/** SQLite's own three files, DynamoDB Local's, and the services' log. */
const made = [DISK, `${DISK}-wal`, `${DISK}-shm`, DYNAMODB, LOG];

/** @throws Unavailable where the folder is not a stage's, or a stage runs on it */
export const takeFolder = (given: string): Folder => {
  // DynamoDB Local runs in a folder of its own, from which a relative one would be another.
  const folder = resolve(given);
  if (!isForStage(folder))
    throw new Unavailable('folder', `${folder} is not a stage's folder, and nothing in it was touched: name one that is empty or not there yet.`);
  mkdirSync(folder, { recursive: true });
  const [lock, at] = [lockOn(folder), (name: string) => join(folder, name)];
  const owner = (url?: string) => writeFileSync(at(OWNER), JSON.stringify({ pid: process.pid, url }));
  owner();
  return {
    disk: at(DISK),
    dynamodb: at(DYNAMODB),
    log: at(LOG),
    clear: () => {
      for (const name of made) rmSync(at(name), { recursive: true, force: true });
    },
    servesAt: owner,
    release: () => {
      rmSync(at(OWNER), { force: true });
      lock.close();
    },
  };
};

const isForStage = (folder: string): boolean => {
  if (!existsSync(folder)) return true;
  if (!statSync(folder).isDirectory()) return false;
  const names = readdirSync(folder);
  return names.length === 0 || names.includes(LOCK) || names.includes(DISK);
};

/** A transaction that stays open: the system ends it with its process, by kill -9 too, so that no lock is ever stale. */
const lockOn = (folder: string): DatabaseSync => {
  const lock = new DatabaseSync(join(folder, LOCK));
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if ((error as { errcode?: unknown }).errcode !== SQLITE_BUSY) throw error;
    throw new Unavailable('folder', `A stage runs on ${folder} already${ownerOf(folder)}. Stop it, or choose another folder.`);
  }
};

const ownerOf = (folder: string): string => {
  try {
    const { pid, url } = JSON.parse(readFileSync(join(folder, OWNER), 'utf8')) as { pid: number; url?: string };
    return `: process ${pid}${url === undefined ? '' : `, ${url}`}`;
  } catch {
    return ''; // it is just beginning, or just ending
  }
};
