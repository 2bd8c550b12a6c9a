/** Stages × stacks. `cdk … -c stage=dev` */
import { services } from '@echelon/contracts/services';
import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Billing } from './billing.ts';
import { registersClients, writesRights } from './permissions.ts';
import { Platform } from './platform.ts';
import { type Beyond, Service } from './service.ts';
import { type Stage, stageNamed } from './stages.ts';

const REGION = 'eu-west-1';

/** What a service may beside its own: partners registers the OAuth clients of partners' systems, and writes their rights. */
const beyond: Readonly<Record<string, Beyond>> = {
  partners: {
    api: ({ identity }) => [registersClients(identity.pool)],
    react: ({ identity }) => [writesRights(identity.table)],
  },
};

export const echelon = (app: App, stage: Stage, surroundings: Readonly<Record<string, string | undefined>> = {}): void => {
  const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region = REGION, AWS_ENDPOINT_URL } = surroundings;
  const env = { ...(account !== undefined && { account }), region };
  const platform = new Platform(app, { stage, env, ...(stage.emulated && { endpoint: needed(AWS_ENDPOINT_URL) }) });
  for (const contract of services) new Service(app, { contract, platform, stage, env, beyond: beyond[contract.name] ?? {} });
  if (stage.emulated) new Billing(app, { stage, platform, env });
  Tags.of(app).add('echelon:stage', stage.name);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
};

const needed = (endpoint: string | undefined): string => {
  if (endpoint === undefined) throw new Error('an emulated stage needs AWS_ENDPOINT_URL');
  return endpoint;
};

if (import.meta.main) {
  const app = new App();
  echelon(app, stageNamed(app.node.tryGetContext('stage')), process.env);
}
