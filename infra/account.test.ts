import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { missingForAws } from './account.ts';

const nothing = ['AWS_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

beforeEach(() => {
  for (const name of nothing) vi.stubEnv(name, undefined);
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, '/dev/null');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
});
afterEach(() => vi.unstubAllEnvs());

it('says what is missing to reach an account, one thing after the other', async () => {
  expect(await missingForAws()).toMatch(/^There is no AWS region/);
  vi.stubEnv('AWS_DEFAULT_REGION', 'eu-west-1');
  expect(await missingForAws()).toMatch(/^There are no AWS credentials/);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  expect(await missingForAws()).toBeUndefined();
});
