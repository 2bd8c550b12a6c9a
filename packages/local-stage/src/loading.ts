/** Finds each service's functions by path, as the infrastructure does: nothing imports a service. */
import type { Contract } from '@echelon/contracts';
import type { Entry, Handlers } from './runtime.ts';
import type { sdkOf } from './sdk.ts';

type Environment = Readonly<Record<string, string>>;
export type Create = (options: { readonly env: Environment; readonly sdk: ReturnType<typeof sdkOf> }) => Handlers;

/** A service of the stage. Without more than its contract it is the room `services/<name>`. */
export interface ServiceModule {
  readonly contract: Contract;
  /** What `main.ts` exports, for one thread. */
  readonly create?: Create;
  /** Where `lambda.ts` is, for workers. */
  readonly entry?: URL;
}

const roomOf = ({ name }: Contract, file: 'main' | 'lambda'): URL =>
  new URL(
    // The platform has no room of its own among the services: it is what all of them share.
    name === 'platform' ? `../../lambda/src/${file === 'main' ? 'platform' : 'platform.lambda'}.ts` : `../../../services/${name}/src/${file}.ts`,
    import.meta.url,
  );

export const handlersOf = async ({ contract, create }: ServiceModule, env: Environment, sdk: ReturnType<typeof sdkOf>): Promise<Handlers> => {
  const made = create ?? ((await import(roomOf(contract, 'main').href)) as { create: Create }).create;
  return made({ env, sdk });
};

export const entryOf = ({ contract, entry }: ServiceModule, env: Environment, dynamoUrl: string, awsUrl: string): Entry => ({
  url: (entry ?? roomOf(contract, 'lambda')).href,
  env: {
    ...process.env,
    ...env,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: awsUrl,
    AWS_ENDPOINT_URL_DYNAMODB: dynamoUrl,
  },
});
