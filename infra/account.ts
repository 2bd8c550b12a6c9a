import { CloudFormationClient } from '@aws-sdk/client-cloudformation';

/** @returns in one sentence what is missing to reach an AWS account; asks before anything long is begun, and asks no AWS service */
export const missingForAws = async (): Promise<string | undefined> => {
  const { AWS_DEFAULT_REGION } = process.env;
  // The CDK reads both names, the SDK only the shorter.
  if (AWS_DEFAULT_REGION) process.env.AWS_REGION ??= AWS_DEFAULT_REGION;
  const { config } = new CloudFormationClient({});
  const has = (look: () => Promise<unknown>) => look().then(Boolean, () => false);
  if (!(await has(() => config.region()))) return 'There is no AWS region: set AWS_REGION, or a profile that has one by AWS_PROFILE.';
  if (!(await has(() => config.credentials())))
    return 'There are no AWS credentials: sign in (`aws sso login`), or set AWS_PROFILE or AWS_ACCESS_KEY_ID.';
  return undefined;
};
