import {
  type CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  DescribeUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';

/** The identity provider, as far as system clients need it. */
export interface Identity {
  /** Makes an OAuth client. One that no event names has no rights, so that a repeated request may leave one behind. */
  newClient(name: string): Promise<string>;
  secretOf(oauthClientId: string): Promise<string>;
}

/** The scope that a machine's token carries; what it may do follows from its rights, never from a scope. */
const SCOPE = 'echelon/api';

export const identityIn = (cognito: CognitoIdentityProviderClient, UserPoolId: string): Identity => ({
  newClient: async (name) => {
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({
        UserPoolId,
        ClientName: name,
        GenerateSecret: true,
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ['client_credentials'],
        AllowedOAuthScopes: [SCOPE],
      }),
    );
    return present(UserPoolClient?.ClientId, `client ${name} came without an id`);
  },
  secretOf: async (ClientId) => {
    const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    return present(UserPoolClient?.ClientSecret, `client ${ClientId} came without its secret`);
  },
});

const present = (value: string | undefined, otherwise: string): string => {
  if (value === undefined) throw new Error(otherwise);
  return value;
};
